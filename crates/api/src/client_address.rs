//! Where a request comes from. What proxy headers say counts only from peers that the configuration names
//! (`trusted_proxies`); anybody else could write into them what they like (ASVS 4.1.3).

use std::{net::IpAddr, str::FromStr};

use actix_web::{HttpRequest, http::header};

/// Peers whose proxy headers are believed: an address, or a network such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrustedProxy {
    network: IpAddr,
    prefix: u32,
}

/// A text that is neither an address nor a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address or a network such as 10.0.0.0/8")]
pub struct TrustedProxyError;

impl FromStr for TrustedProxy {
    type Err = TrustedProxyError;

    fn from_str(text: &str) -> Result<Self, TrustedProxyError> {
        let (network, prefix) = text.trim().split_once('/').unwrap_or((text.trim(), ""));
        let network: IpAddr = network.parse().map_err(|_address| TrustedProxyError)?;
        let longest = if network.is_ipv4() { 32 } else { 128 };
        let prefix = if text.contains('/') {
            prefix.parse().map_err(|_number| TrustedProxyError)?
        } else {
            longest
        };
        // A network of everybody would believe everybody.
        if (1..=longest).contains(&prefix) {
            Ok(Self { network, prefix })
        } else {
            Err(TrustedProxyError)
        }
    }
}

impl TrustedProxy {
    fn holds(&self, address: IpAddr) -> bool {
        match (self.network, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                (network.to_bits() ^ address.to_bits()).leading_zeros() >= self.prefix
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                (network.to_bits() ^ address.to_bits()).leading_zeros() >= self.prefix
            }
            _ => false,
        }
    }
}

/// The address that a request comes from: the peer's, or where the peer is a trusted proxy, the last one in its headers
/// that is not of a trusted proxy itself.
pub(crate) fn of(request: &HttpRequest, trusted: &[TrustedProxy]) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip().to_canonical();
    let is_trusted = |address: IpAddr| trusted.iter().any(|proxy| proxy.holds(address));
    let mut nearest = peer;
    let mut stations = stations(request);
    while is_trusted(nearest) {
        match stations.pop() {
            Some(Some(station)) => nearest = station,
            // Behind what cannot be read nothing is believed.
            Some(None) | None => break,
        }
    }
    Some(nearest)
}

/// The stations that proxies wrote down, nearest last; `None` where one cannot be read. `Forwarded` (RFC 7239) goes
/// before `X-Forwarded-For`.
fn stations(request: &HttpRequest) -> Vec<Option<IpAddr>> {
    let values = |name: &str| -> Vec<String> {
        let headers = request.headers().get_all(name);
        headers
            .flat_map(|value| value.to_str().unwrap_or_default().split(','))
            .map(|value| value.trim().to_owned())
            .collect()
    };
    let forwarded = values(header::FORWARDED.as_str());
    if forwarded.is_empty() {
        let forwarded_for = values("x-forwarded-for");
        forwarded_for.iter().map(|node| address(node)).collect()
    } else {
        forwarded
            .iter()
            .map(|element| address(node_of(element)))
            .collect()
    }
}

/// The node of `for=…` in an element of `Forwarded`.
fn node_of(element: &str) -> &str {
    element
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("for"))
        .map_or("", |(_, node)| node.trim_matches('"'))
}

/// The address of a node, which may have a port.
fn address(node: &str) -> Option<IpAddr> {
    let bare = |text: &str| text.parse::<IpAddr>().ok();
    bare(node)
        .or_else(|| node.parse::<std::net::SocketAddr>().ok().map(|node| node.ip()))
        .or_else(|| bare(node.trim_start_matches('[').trim_end_matches(']')))
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn seen(peer: &str, headers: &[(&str, &str)]) -> String {
        let trusted: Vec<TrustedProxy> = ["10.0.0.0/8", "fd00::/8", "192.0.2.1"]
            .iter()
            .map(|proxy| proxy.parse().unwrap())
            .collect();
        let request = headers.iter().fold(
            TestRequest::get().peer_addr(format!("{peer}:4711").parse().unwrap()),
            |request, header| request.append_header(*header),
        );
        of(&request.to_http_request(), &trusted).unwrap().to_string()
    }

    #[test]
    fn headers_of_strangers_are_not_believed() {
        for headers in [
            &[("x-forwarded-for", "198.51.100.7")][..],
            &[("forwarded", "for=198.51.100.7")],
        ] {
            assert_eq!(seen("203.0.113.5", headers), "203.0.113.5");
        }
    }

    #[test]
    fn the_last_station_that_is_no_trusted_proxy_counts() {
        for (headers, address) in [
            (&[][..], "10.1.2.3"),
            (&[("x-forwarded-for", "198.51.100.7")], "198.51.100.7"),
            (&[("x-forwarded-for", "1.1.1.1, 198.51.100.7")], "198.51.100.7"),
            (&[("x-forwarded-for", "198.51.100.7, 10.9.9.9")], "198.51.100.7"),
            (&[("x-forwarded-for", "198.51.100.7, nonsense")], "10.1.2.3"),
            (&[("x-forwarded-for", "198.51.100.7:80")], "198.51.100.7"),
            (
                &[
                    ("x-forwarded-for", "1.1.1.1"),
                    ("x-forwarded-for", "198.51.100.7"),
                ],
                "198.51.100.7",
            ),
            (
                &[("forwarded", "For=\"[2001:db8::7]:80\";proto=https")],
                "2001:db8::7",
            ),
            (
                &[
                    ("forwarded", "for=198.51.100.7, for=192.0.2.1"),
                    ("x-forwarded-for", "1.1.1.1"),
                ],
                "198.51.100.7",
            ),
            (&[("forwarded", "for=_hidden")], "10.1.2.3"),
        ] {
            assert_eq!(seen("10.1.2.3", headers), address, "{headers:?}");
        }
    }

    #[test]
    fn proxies_are_addresses_or_networks_and_never_everybody() {
        for text in ["10.0.0.0/8", "192.0.2.1", "fd00::/8", " ::1 "] {
            assert!(text.parse::<TrustedProxy>().is_ok(), "{text}");
        }
        for text in [
            "",
            "proxy",
            "0.0.0.0/0",
            "::/0",
            "10.0.0.0/33",
            "10.0.0.0/",
            "10.0.0.0/-1",
        ] {
            assert_eq!(text.parse::<TrustedProxy>(), Err(TrustedProxyError), "{text}");
        }
    }
}
