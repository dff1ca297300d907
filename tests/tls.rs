//! The way to a PostgreSQL server under TLS: its certificate is checked, and without one that holds
//! nothing is said to it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "database/cluster.rs"]
#[allow(dead_code, reason = "the failover test needs more of it")]
mod cluster;

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cluster::{Cluster, PASSWORD, hand_over};
use codau::store::{self, Store};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use tempfile::TempDir;

/// Somebody who vouches for servers.
struct Authority(Issuer<'static, KeyPair>);

/// What a server shows.
struct Certificate {
    chain: PathBuf,
    key: PathBuf,
}

impl Authority {
    /// One, whose own certificate lies in `file` from now on.
    fn new(file: &Path) -> Authority {
        let mut own = CertificateParams::new(vec![]).unwrap();
        own.distinguished_name.push(DnType::CommonName, file.display().to_string());
        own.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        std::fs::write(file, own.self_signed(&key).unwrap().pem()).unwrap();
        Authority(Issuer::new(own, key))
    }

    /// A certificate for a server of this name, good until the end of this year.
    fn vouch_for(&self, folder: &Path, name: &str, until: i32) -> Certificate {
        let mut server = CertificateParams::new(vec![name.to_owned()]).unwrap();
        server.not_before = date_time_ymd(2020, 1, 1);
        server.not_after = date_time_ymd(until, 12, 31);
        let key = KeyPair::generate().unwrap();
        let signed = server.signed_by(&key, &self.0).unwrap();
        let file = |kind: &str| folder.join(format!("{name}-{until}.{kind}"));
        let certificate = Certificate { chain: file("crt"), key: file("key") };
        for (file, text) in
            [(&certificate.chain, signed.pem()), (&certificate.key, key.serialize_pem())]
        {
            std::fs::write(file, text).unwrap();
            std::fs::set_permissions(file, PermissionsExt::from_mode(0o600)).unwrap();
            hand_over(file).unwrap();
        }
        certificate
    }
}

/// A server that speaks TLS on a port.
struct Server {
    cluster: Cluster,
    port: u16,
}

impl Server {
    fn start() -> Server {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let settings = ["listen_addresses=127.0.0.1".to_owned(), format!("port={port}")];
        let settings: Vec<_> = settings.iter().map(String::as_str).collect();
        Server { cluster: Cluster::start(&settings).unwrap(), port }
    }

    fn show(&self, certificate: &Certificate) {
        self.cluster.reload(&[
            ("ssl_cert_file", certificate.chain.to_str().unwrap()),
            ("ssl_key_file", certificate.key.to_str().unwrap()),
            ("ssl", "on"),
        ]);
    }

    fn open(&self, host: &str, parameters: &str) -> Result<Arc<dyn Store>, String> {
        let password: String = url::form_urlencoded::byte_serialize(PASSWORD.as_bytes()).collect();
        let port = self.port;
        store::open(&format!("postgres://codau:{password}@{host}:{port}/postgres?{parameters}"))
    }

    /// Opens the store until it does, or until it is refused for this reason: a reload takes a
    /// moment.
    #[track_caller]
    fn comes_to(&self, host: &str, parameters: &str, refusal: Option<&str>) {
        let began = Instant::now();
        loop {
            let opened = self.open(host, parameters).err();
            let as_expected = match (&opened, refusal) {
                (Some(said), Some(refusal)) => said.contains(refusal),
                (found, None) => found.is_none(),
                _ => false,
            };
            if as_expected {
                return;
            }
            assert!(began.elapsed() < Duration::from_secs(10), "{parameters}: {opened:?}");
        }
    }
}

#[test]
fn a_server_is_spoken_to_under_tls_only_while_its_certificate_holds() {
    if cluster::programs().is_none() {
        let all = std::env::var_os("CODAU_TESTS_REQUIRE").is_some_and(|required| required == "all");
        assert!(!all, "PostgreSQL is missing");
        eprintln!("left out: TLS to PostgreSQL (it is missing; tests/run installs it)");
        return;
    }
    let folder = TempDir::new().unwrap();
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).unwrap();
    let (known, unknown) = (folder.path().join("known.pem"), folder.path().join("unknown.pem"));
    let authority = Authority::new(&known);
    Authority::new(&unknown);
    let by = |file: &Path| format!("sslmode=verify-full&sslrootcert={}", file.display());
    let server = Server::start();
    // A server that cannot is not spoken to without it.
    server.comes_to("localhost", &by(&known), Some("server does not support TLS"));
    server.show(&authority.vouch_for(folder.path(), "localhost", 2090));
    server.comes_to("localhost", &by(&known), None);
    let required = format!("sslmode=require&sslrootcert={}", known.display());
    server.comes_to("localhost", &required, None);
    // Vouched for by somebody else, by nobody the system knows, or for another name.
    server.comes_to("localhost", &by(&unknown), Some("UnknownIssuer"));
    server.comes_to("localhost", "sslmode=require", Some("UnknownIssuer"));
    server.comes_to("127.0.0.1", &by(&known), Some("not valid for name"));
    server.show(&authority.vouch_for(folder.path(), "localhost", 2021));
    server.comes_to("localhost", &by(&known), Some("expired"));
    // And every connection of the pool is encrypted.
    server.show(&authority.vouch_for(folder.path(), "localhost", 2091));
    server.comes_to("localhost", &by(&known), None);
    let store = server.open("localhost", &by(&known)).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(store.check()).unwrap();
    let plain = "select count(*) from pg_stat_activity a join pg_stat_ssl s using (pid) \
                 where a.application_name like 'codau%' and not s.ssl";
    let own = format!("{}&port={}", server.cluster.url(), server.port);
    let (open, encrypted) = runtime.block_on(async {
        let (client, connection) =
            tokio_postgres::connect(&own, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let encrypted = plain.replace("not s.ssl", "s.ssl");
        let count = async |sql: &str| client.query_one(sql, &[]).await.unwrap().get::<_, i64>(0);
        (count(plain).await, count(&encrypted).await)
    });
    assert_eq!(open, 0);
    assert!(encrypted >= 2, "{encrypted}");
}
