"""Which hosts lie in private networks, in every way that an address can be written."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsscrape.spiders.networks import is_private


@pytest.mark.parametrize(
    "host",
    [
        pytest.param("127.0.0.1", id="loopback"),
        pytest.param("127.255.255.254", id="loopback-end"),
        pytest.param("10.0.0.1", id="private-10"),
        pytest.param("172.16.0.1", id="private-172"),
        pytest.param("172.31.255.255", id="private-172-end"),
        pytest.param("192.168.1.1", id="private-192"),
        pytest.param("100.64.0.1", id="carrier-grade-nat"),
        pytest.param("100.127.255.255", id="carrier-grade-nat-end"),
        pytest.param("169.254.169.254", id="link-local-metadata"),
        pytest.param("0.0.0.0", id="this-network"),
        pytest.param("224.0.0.1", id="multicast"),
        pytest.param("239.255.255.250", id="multicast-local"),
        pytest.param("240.0.0.1", id="reserved"),
        pytest.param("255.255.255.255", id="broadcast"),
        pytest.param("192.0.2.1", id="documentation"),
        pytest.param("198.18.0.1", id="benchmarks"),
        pytest.param("127.0.0.1.", id="trailing-dot"),
        pytest.param("127.1", id="two-parts"),
        pytest.param("192.168.257", id="three-parts"),
        pytest.param("2130706433", id="decimal"),
        pytest.param("0", id="zero"),
        pytest.param("0x7f000001", id="hexadecimal"),
        pytest.param("0x7F.1", id="hexadecimal-part"),
        pytest.param("017700000001", id="octal"),
        pytest.param("0177.0.0.01", id="octal-parts"),
        pytest.param("0300.0250.1.1", id="octal-192"),
        pytest.param("::1", id="six-loopback"),
        pytest.param("[::1]", id="six-in-brackets"),
        pytest.param("0:0:0:0:0:0:0:1", id="six-at-length"),
        pytest.param("::", id="six-unspecified"),
        pytest.param("fe80::1", id="six-link-local"),
        pytest.param("fe80::1%eth0", id="six-zone"),
        pytest.param("fc00::1", id="unique-local"),
        pytest.param("fdff::1", id="unique-local-fd"),
        pytest.param("fec0::1", id="site-local"),
        pytest.param("ff02::1", id="six-multicast"),
        pytest.param("2001:db8::1", id="six-documentation"),
        pytest.param("::ffff:127.0.0.1", id="mapped"),
        pytest.param("::ffff:7f00:1", id="mapped-hexadecimal"),
        pytest.param("::ffff:10.0.0.1", id="mapped-private"),
        pytest.param("::127.0.0.1", id="compatible"),
        pytest.param("2002:7f00:1::", id="6to4-loopback"),
        pytest.param("2002:c0a8:101::1", id="6to4-private"),
        pytest.param("64:ff9b::a9fe:a9fe", id="nat64-metadata"),
        pytest.param("localhost", id="localhost"),
        pytest.param("LocalHost.", id="localhost-dot"),
        pytest.param("paper.localhost", id="below-localhost"),
    ],
)
def test_private(host: str) -> None:
    assert is_private(host)


@pytest.mark.parametrize(
    "host",
    [
        "8.8.8.8",
        "172.15.0.1",
        "172.32.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "134744072",
        "010.8.8.8",
        "2001:4860:4860::8888",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
        "hanbit.test",
        "localhost.hanbit.test",
        "127.0.0.1.hanbit.test",
        "10.0.0.1.2",
        "999.1.1.1",
        "fe80.test",
        "한빛.한국",
        "",
        ".",
        "..",
        "08.8.8.8",
    ],
)
def test_public_or_a_name(host: str) -> None:
    assert not is_private(host)


@given(st.ip_addresses(v=4))
def test_all_ways_to_write_an_address_are_one(address: ipaddress.IPv4Address) -> None:
    number, first = int(address), int(address) >> 24
    low = number & 0xFFFFFF
    ways = {
        str(address), f"{address}.", str(number), hex(number), f"0{number:o}", f"{first}.{low}", f"0x{first:x}.{low}",
        f"[::ffff:{address}]", f"64:ff9b::{address}", f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1",
    }  # fmt: skip
    assert {is_private(way) for way in ways} == {not address.is_global or address.is_multicast}


@given(st.text(max_size=40))
def test_any_text_is_answered(host: str) -> None:
    assert is_private(host) in (True, False)
