"""Whether a request is known to be whole exactly when it is, however it is cut on its way."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.web.serving.gathering import LONGEST_GATHERED, LONGEST_HEAD, Come, Gathered

HEAD = b"POST /sign-in HTTP/1.1\r\nHost: a.example\r\n"


def after(*parts: bytes) -> Come:
    gathered = Gathered()
    for part in parts:
        gathered.add(part)
        come = gathered.come
    return come


@st.composite
def requests(draw: st.DrawFn) -> bytes:
    """Give a request: without a body, with one of known length, or one in chunks."""
    body = draw(st.binary(max_size=200) | st.just(b"0\r\n\r\n") | st.just(b"\r\n0\r\n\r\n"))
    if draw(st.booleans()):
        name = draw(st.sampled_from([b"Content-Length:", b"content-length: ", b"CONTENT-LENGTH :"]))
        return HEAD + name + b"%d\r\n\r\n" % len(body) + body
    cuts = sorted({0, len(body), *draw(st.lists(st.integers(0, len(body)), max_size=4))})
    chunks = [body[one:other] for one, other in pairwise(cuts) if one < other]
    coded = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    trailer = draw(st.sampled_from([b"", b"Expires: never\r\n"]))
    return HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + coded + b"0\r\n" + trailer + b"\r\n"


@given(whole=requests(), data=st.data())
def test_a_request_is_whole_with_its_last_byte_and_not_before(whole: bytes, data: st.DataObject):
    cuts = sorted(data.draw(st.sets(st.integers(1, len(whole) - 1), max_size=5)))
    parts = [whole[one:other] for one, other in pairwise([0, *cuts, len(whole)])]
    gathered = Gathered()
    for part in parts[:-1]:
        gathered.add(part)
        assert gathered.come is Come.PART
    gathered.add(parts[-1])
    assert gathered.come is Come.WHOLE
    assert bytes(gathered.data) == whole


def test_what_follows_a_request_is_kept_with_it():
    assert after(b"GET / HTTP/1.1\r\n\r\nGET /next") is Come.WHOLE


def test_a_file_is_not_waited_for():
    assert after(HEAD + b"Content-Length: %d\r\n\r\n" % (LONGEST_GATHERED + 1)) is Come.LARGE
    assert after(HEAD + b"Content-Length: %d\r\n\r\n" % LONGEST_GATHERED) is Come.PART


def test_the_length_is_read_however_many_noughts_stand_before_it():
    assert after(HEAD + b"Content-Length: " + b"0" * 300 + b"5\r\n\r\n", b"1234") is Come.PART


def test_the_longest_of_two_lengths_is_waited_for():
    both = HEAD + b"Content-Length: 0\r\nContent-Length: 9\r\n\r\n"
    assert after(both) is Come.PART


@pytest.mark.parametrize(
    ("parts", "come"),
    [
        ([b"GET / HTTP/1.1\r\nX: " + b"x" * LONGEST_HEAD], Come.LONG_HEAD),
        ([b"GET / HTTP/1.1\r\nX: " + b"x" * LONGEST_HEAD + b"\r\n\r\n"], Come.LONG_HEAD),
        ([HEAD + b"Transfer-Encoding: chunked\r\n\r\nfffffff\r\n"], Come.LONG_BODY),
        ([HEAD + b"Transfer-Encoding: chunked\r\n\r\nnot a chunk\r\n"], Come.WHOLE),
        ([HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1" * 300], Come.WHOLE),
        (
            [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"9\r\n123456789\r\n"] * 90_000],
            Come.LONG_BODY,
        ),
    ],
)
def test_what_is_too_long_or_nothing_at_all_is_not_waited_for(parts: list[bytes], come: Come):
    assert after(*parts) is come


def test_a_body_that_waits_to_be_asked_for_is_noticed():
    gathered = Gathered(HEAD + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n")
    assert gathered.has_head
    assert gathered.is_awaited
