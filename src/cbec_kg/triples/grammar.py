"""Make a label and a verb one English sentence.

>>> sentence("smart contracts", "drives", "trade")
'Smart contracts drive trade'
>>> sentence("AliExpress", "launches", "G100 Overseas Plan")
'AliExpress launches G100 Overseas Plan'
>>> sentence("Beijing", "located in", "China")
'Beijing is located in China'
"""

__all__ = ["capital", "is_plural", "sentence"]

_PARTICIPLES = ("located ", "headquartered ", "merged ", "part ")
_SINGULAR_ENDINGS = ("ss", "us", "is", "ics", "news", "series")


def is_plural(label: str) -> bool:
    """Whether a label reads as a plural: its head noun does, and that is no proper name.

    >>> is_plural("policies in support of trade"), is_plural("General Administration of Customs")
    (True, False)
    >>> is_plural("blockchain and smart contracts"), is_plural("logistics"), is_plural("Internet of Things")
    (True, False, False)
    """
    head = label
    for link in (" of ", " in ", " for ", " from ", " on ", " to ", " with ", " by ", " that ", " abroad", " going "):
        head = head.partition(link)[0]
    words = head.split()
    last = words[-1] if words else ""
    if len(words) > 1 and last[:1].isupper():
        return False
    return last.endswith("s") and not last.endswith(_SINGULAR_ENDINGS) and not last.isupper()


def _agreeing(verb: str, plural: bool) -> str:
    """A verb in the third person, as its subject has it."""
    if verb.startswith(_PARTICIPLES):
        return f"{'are' if plural else 'is'} {verb}"
    if not plural:
        return verb
    first, space, rest = verb.partition(" ")
    if first.endswith("ies"):
        first = first[:-3] + "y"
    elif first.endswith(("ches", "shes", "sses")):
        first = first[:-2]
    else:
        first = first.removesuffix("s")
    return first + space + rest


def capital(label: str) -> str:
    """Label with its first letter raised, unless it is a name spelled otherwise (eWTP, eMarketer)."""
    return label if label[1:2].isupper() else label[:1].upper() + label[1:]


def sentence(subject: str, verb: str, object_: str) -> str:
    """Subject, verb in the right number, object."""
    return f"{capital(subject)} {_agreeing(verb, is_plural(subject))} {object_}"
