//! The address a request comes from, as far as it can be believed.

use std::net::{IpAddr, Ipv6Addr};

use actix_web::HttpRequest;
use ipnet::IpNet;

/// The reader's or moderator's address: the peer's, or, where the peer is a trusted proxy, the
/// last one in `X-Forwarded-For` that is not.
pub(super) fn client(request: &HttpRequest, trusted: &[IpNet]) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip().to_canonical();
    let header = request.headers().get_all("x-forwarded-for");
    let hops = header.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let hops: Vec<_> = hops.map(|hop| parse(hop.trim())).collect();
    Some(last_untrusted(peer, &hops, trusted))
}

fn last_untrusted(peer: IpAddr, hops: &[Option<IpAddr>], trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(&address));
    let mut client = peer;
    for hop in hops.iter().rev() {
        match hop {
            Some(hop) if is_trusted(client) => client = *hop,
            _ => break,
        }
    }
    client
}

/// An address as proxies write it: bare, with a port, or in brackets.
fn parse(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.split(']').next()).unwrap_or(hop);
    let address = bare
        .parse()
        .or_else(|_has_port| bare.parse::<std::net::SocketAddr>().map(|socket| socket.ip()))
        .ok()?;
    Some(IpAddr::to_canonical(&address))
}

/// The key that limits count under: an IPv4 address, or the /64 that one IPv6 customer has.
pub(super) fn block(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// The key of the wider block that one sender may well have all of: a /24 of IPv4, a /48 of IPv6.
pub(super) fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(peer: &str, forwarded: &str, expected: &str) {
        let trusted = ["10.0.0.0/8".parse().unwrap(), "127.0.0.1/32".parse().unwrap()];
        let hops: Vec<_> = forwarded.split(',').map(|hop| parse(hop.trim())).collect();
        let found = last_untrusted(peer.parse().unwrap(), &hops, &trusted);
        assert_eq!(found, expected.parse::<IpAddr>().unwrap());
    }

    #[test]
    fn a_forged_header_from_an_untrusted_peer_counts_for_nothing() {
        check("203.0.113.9", "198.51.100.1", "203.0.113.9");
    }

    #[test]
    fn behind_trusted_proxies_the_last_address_not_theirs_is_the_clients() {
        check("127.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.7", "198.51.100.1");
        check("127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1");
        check("127.0.0.1", "198.51.100.1:4711", "198.51.100.1");
        check("127.0.0.1", "198.51.100.1, unknown", "127.0.0.1");
    }

    #[test]
    fn one_ipv6_customer_is_one_key() {
        let key = |address: &str| block(address.parse().unwrap());
        assert_eq!(key("2001:db8:1:2:aaaa::1"), key("2001:db8:1:2:bbbb::2"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
    }

    #[test]
    fn neighbours_are_one_network() {
        let key = |address: &str| network(address.parse().unwrap());
        assert_eq!(key("192.0.2.1"), key("192.0.2.200"));
        assert_ne!(key("192.0.2.1"), key("192.0.3.1"));
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:ff::1"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:2:2::1"));
    }
}
