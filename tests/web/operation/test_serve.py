"""`cbec-kg serve`: where it listens, what it refuses, how it ends."""


def test_the_server_of_the_session_answers(server):
    answer = server.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert server.url("/health").startswith("http://127.0.0.1:")
