"""Names of the topics of saved queries.

>>> topic_name("platforms", "zh"), topic_name("of-my-own", "zh")
('平台', 'of-my-own')
"""

from cbec_kg.web.bilingual import texts

__all__ = ["topic_name"]


def topic_name(topic: str, lang: str) -> str:
    """Name of a topic; of one that is not the project's, its folder."""
    try:
        return texts(lang)(f"topics.{topic}")
    except KeyError:
        return topic
