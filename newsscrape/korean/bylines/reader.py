"""Reads the tokens of a signature from left to right: who got which title, address and outlet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newsscrape.article import AuthorKind
from newsscrape.korean.bylines.names import is_name
from newsscrape.korean.bylines.tokens import Token, is_mailbox
from newsscrape.korean.vocabulary import FIRST_NAMES, JOURNALIST, PICTURE, SURNAMES

_GIVEN = re.compile("[가-힣]{1,6}")
_SECOND = re.compile("[가-힣]{1,6}")
_FORMER = frozenset("전현")
_HANGUL = re.compile("[가-힣]+")
_BEFORE_PLACE = ("slash", "comma", "mark", "place", "outlet")
_AHEAD = ("기자", "특파원", "칼럼니스트")  # titles that are printed in front of a name as well
_SURE = tuple(JOURNALIST)
_SURE_DESKS = ("팀", "취재단", "기자단", "뉴스룸", "뉴스부", "이슈부")


@dataclass(slots=True)
class Person:
    """A name on its way to become an author."""

    name: str
    role: str | None = None
    email: str | None = None
    affiliation: str | None = None
    kind: AuthorKind = "person"


@dataclass(slots=True)
class Reader:
    """The state of reading one signature."""

    loose: bool  # inside a bracket: one unknown word before a name is taken for the outlet
    bare: bool  # the text stands in a place made for names: a name needs no title
    people: list[Person] = field(default_factory=list)
    pending: list[Person] = field(default_factory=list)  # names that wait for their title
    group: list[Person] = field(default_factory=list)  # the people who got the last title
    mails: list[str] = field(default_factory=list)  # addresses printed before the names
    desk: list[str] = field(default_factory=list)
    qualifier: list[str] = field(default_factory=list)  # "인턴 기자": a title in two words
    role_ahead: str | None = None
    outlet: str | None = None
    affiliation: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    credit: bool = False
    labelled: bool = False
    credited: bool = False
    mailed: bool = False
    joined: list[Person] = field(default_factory=list)  # "홍길동 hong@x.com·이도윤 기자": the title is of both
    mail_first: bool = False
    unnamed: bool = False  # a title without a name ("OSEN 기자")
    sure: bool = False
    unknown: int = 0

    def read(self, found: list[Token]) -> bool:
        """Reads all tokens; False when one has no place in a signature."""
        self.mail_first = found[0].kind == "mail"
        at = 0
        while at < len(found):
            step = self._token(found, at)
            if not step:
                return False
            at += step
        return self._end()

    def _token(self, found: list[Token], at: int) -> int:
        """Reads the token at `at`, says how many were read, 0 when it does not belong."""
        token = found[at]
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        kind: str = token.kind
        if kind == "word" or (kind == "name" and not token.glued):
            kind = self._settle(token, found, at)
        if kind in ("author_label", "credit_label"):
            return self._label(found, at)
        if self.credit:
            return 1
        match kind:
            case "foreign":
                assert after is not None
                self.pending.append(Person(f"{token.text} {after.text}"))
                return 2
            case "name":
                self._name(token)
            case "role":
                return self._role(token.text, before)
            case "picture":
                self.pending.clear()
                self.credited = True
            case "desk":
                self.desk.append(token.text)
            case "outlet":
                if self.outlet is None or after is None or after.kind != "equals":
                    self.outlet = token.text
                self.affiliation.append(token.text)
            case "organisation":
                self.unknown += 1
                if self.unknown > 1:
                    return 0
                self.outlet = self.outlet or token.text
                self.affiliation.append(token.text)
            case "place":
                self.places.append(token.text)
            case "section":
                if _desk_follows(found, at + 1):
                    self.desk.append(token.text)
            case "mail":
                self._mail(token.text)
            case "mark" if self._desk_in_bracket(found, at):
                return 3
            case "comma" | "mark" | "slash":
                self._separate(token, before)
            case "qualifier" if self.bare and after is not None and after.kind == "name" and not self.people:
                self.role_ahead = token.text  # "인턴 강솔"
            case "qualifier":
                if after is None or after.kind not in ("qualifier", "role") or not self.pending:
                    return 0
                self.qualifier.append(token.text)
            case "equals" | "ignore":
                pass
            case _:
                return 0
        return 1

    def _separate(self, token: Token, before: Token | None) -> None:
        if before is not None and before.kind == "mail" and token.text in "·,":
            self.joined += [person for person in self.group if person.role is None]
        if self.desk and not self.pending:
            self._commit_desk()

    def _label(self, found: list[Token], at: int) -> int:
        """ "글", "사진=": what the names behind it did. "글·사진" is an author who took the pictures too."""
        if self.pending and self.labelled:
            self._commit(None)  # "글 홍길동 사진 강물"
        joined = _label_before(found, at) == "author_label"
        self.credit = found[at].kind == "credit_label" and not joined
        self.labelled = not self.credit
        self.credited |= self.credit
        if self.desk and not self.pending:
            self._commit_desk()
        return 0 if self.pending else 1

    def _settle(self, token: Token, found: list[Token], at: int) -> str:
        """What a word is by where it stands, when its letters alone do not tell."""
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        later = found[at + 2] if at + 2 < len(found) else None
        if after is None:
            return token.kind
        if after.text == ")" and later is not None and later.kind == "equals":
            return "place"  # "한빛스포츠(한빛)=홍길동 기자"
        if after.kind == "equals" and (before is None or before.kind in _BEFORE_PLACE):
            if self.loose and len(token.text) > 3 and not (later and later.kind == "outlet"):
                return "organisation"
            return "place"
        if after.kind == "slash" and later is not None and at == 0:
            if later.kind in ("outlet", "author_label") or (later.kind == "name" and len(token.text) != 3):
                return "place"
            return token.kind
        if later is not None and later.kind == "role" and self._is_foreign(token, after):
            return "foreign"
        if token.kind == "name":
            return "name"
        if before is not None and before.kind == "equals" and self.places and after.kind == "name":
            return "organisation"  # "한빛=가온스포츠 강솔 기자"
        if before is not None and before.kind == "equals" and after.kind in ("comma", "slash", "name", "mark"):
            return "place"
        if after.kind == "role":
            if is_name(token.text, long=True):
                return "name"
            if before is not None and before.kind == "name" and not _HANGUL.fullmatch(token.text):
                return "organisation"
        if self.loose and after.kind in ("name", "mark", "comma", "slash", "section") and not self.people:
            return "organisation"
        return token.kind

    @staticmethod
    def _is_foreign(token: Token, after: Token) -> bool:
        """ "마이클 안토넬리 기자", "피터 김 기자": two words of one name. "홍길동 전 기자" once was a reporter."""
        if after.kind not in ("name", "word") or after.glued or not _GIVEN.fullmatch(token.text):
            return False
        if token.text in FIRST_NAMES:
            return _SECOND.fullmatch(after.text) is not None
        return token.kind == "word" and after.text in SURNAMES and after.text not in _FORMER

    def _name(self, token: Token) -> None:
        if self.role_ahead:
            # "기자 정보" is a button, "취재기자 홍길동" a byline: only names of three syllables follow a title.
            if len(token.text) < 3:
                return
            self.people.append(Person(token.text, self.role_ahead))
            self.group = [self.people[-1]]
            self.sure |= self.role_ahead != "기자"  # "기자 지망생": too many words follow it
            self.role_ahead = None
            return
        if self.desk:
            self.affiliation.append(" ".join(self.desk))
            self.desk.clear()
        self.pending.append(Person(token.text))
        if token.glued:
            if token.glued in PICTURE:
                self.pending.clear()
                self.credited = True
            else:
                self._role(token.glued, None)

    def _role(self, role: str, before: Token | None) -> int:
        if self.pending:
            if self.desk:
                self.affiliation.append(" ".join(self.desk))
                self.desk.clear()
            if before is not None and before.kind == "section" and role.startswith("전문"):
                role = f"{before.text} {role}"
            title = " ".join([*self.qualifier, role])
            for person in self.joined:
                person.role = title
            self.joined.clear()
            self._commit(title)
            self.qualifier.clear()
        elif self.desk:
            self._commit_desk()
            self.sure = True
        elif self.affiliation:
            self.unnamed = True  # "OSEN 기자": somebody there, nobody named
            self.sure = True
        elif not self.people and self.role_ahead is None and (self.bare or role.endswith(_AHEAD)):
            self.role_ahead = role
        elif self.labelled and before is not None:
            return 1
        else:
            return 0
        return 1

    def _desk_in_bracket(self, found: list[Token], at: int) -> bool:
        """Reads "(경제부)" behind names: their desk, no author of its own."""
        if [token.text for token in found[at : at + 3 : 2]] != ["(", ")"] or found[at + 1].kind != "desk":
            return False
        people = list(self.pending or self.group)
        if not people:
            return False
        if self.pending and self.bare:
            self._commit(None)
        for person in people:
            person.affiliation = person.affiliation or found[at + 1].text
        return True

    def _commit(self, role: str | None) -> None:
        affiliation = " ".join(self.affiliation) or None
        for person in self.pending:
            person.role, person.affiliation = role, affiliation or person.affiliation
        self.sure |= role is None or role.endswith(_SURE) or self.labelled
        if self.mail_first:
            for person, mail in zip(self.pending, self.mails, strict=False):
                person.email = mail
            self.mails = self.mails[len(self.pending) :]
        self.group = list(self.pending)
        self.people += self.pending
        self.pending.clear()
        self.affiliation.clear()

    def _commit_desk(self) -> None:
        name = " ".join(self.desk)
        affiliation = " ".join(self.affiliation) or None
        self.people.append(Person(name, affiliation=affiliation, kind="desk"))
        self.desk.clear()
        self.affiliation.clear()
        # A lone "국제부" or "보도국" may be the name of a section as well.
        self.sure |= affiliation is not None or " " in name or name.endswith(_SURE_DESKS)

    def _mail(self, address: str) -> None:
        self.mailed = True
        if self.pending:
            self._commit(None)
        elif self.desk:
            outlet = self.affiliation[-1] if self.affiliation else None
            if outlet and not self.people:
                self.desk.insert(0, outlet)
            self._commit_desk()
        if not address or is_mailbox(address):
            return
        if self.mail_first and not self.people:
            self.mails.append(address)
            return
        persons = [p for p in self.group if p.email is None] if self.group else []
        if not persons and not self.group:
            persons = [p for p in self.people if p.email is None]
        if persons:
            persons[0].email = address

    def _end(self) -> bool:
        if self.pending:
            if not (self.labelled or self.bare):
                return False
            self._commit(None)
        if self.desk:
            if self.affiliation and not self.people:
                self.desk.insert(0, self.affiliation[-1])
            self._commit_desk()
        if self.role_ahead:
            return False
        return bool(self.people) or self.mailed or self.unnamed or self.credited


def _desk_follows(found: list[Token], at: int) -> bool:
    """True when a desk's last word stands at `at`, behind further words of its name: "온라인 이슈팀"."""
    while at < len(found) and found[at].kind == "section":
        at += 1
    return at < len(found) and found[at].kind == "desk"


def _label_before(found: list[Token], at: int) -> str | None:
    """The kind of the label that only marks part from the token at `at`: "글·사진", "글/사진"."""
    for token in reversed(found[:at]):
        if token.kind not in ("mark", "slash", "comma"):
            return token.kind
    return None
