//! Whether connections are encrypted. Where they are, the server's certificate is always checked:
//! encryption for nobody in particular would be no protection.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;
use url::form_urlencoded::{self, Serializer};

/// How an address asks to be spoken to.
#[derive(Clone)]
pub(super) struct Tls {
    pub(super) connector: MakeRustlsConnect,
    pub(super) wanted: bool,
}

/// Takes `sslmode` and `sslrootcert` out of an address.
pub(super) fn of(url: &str) -> Result<(String, Tls), String> {
    let (address, parameters) = url.split_once('?').unwrap_or((url, ""));
    let (mut wanted, mut authority) = (false, None);
    let mut others = Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(parameters.as_bytes()) {
        match (&*name, &*value) {
            ("sslmode", "disable") => wanted = false,
            ("sslmode", "require" | "verify-ca" | "verify-full") => wanted = true,
            ("sslmode", _) => {
                return Err("sslmode of store.url is neither disable nor verify-full".to_owned());
            }
            ("sslrootcert", file) => authority = Some(file.to_owned()),
            (name, value) => {
                others.append_pair(name, value);
            }
        }
    }
    let roots = if wanted { roots(authority)? } else { RootCertStore::empty() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = MakeRustlsConnect::new(config);
    Ok((format!("{address}?{}", others.finish()), Tls { connector, wanted }))
}

/// Who may vouch for the server: those in a file, or those that the system trusts.
fn roots(authority: Option<String>) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    let Some(file) = authority else {
        let found = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(found.certs);
        return Ok(roots);
    };
    let text = |error: &dyn std::fmt::Display| format!("sslrootcert {file}: {error}");
    let certificates = CertificateDer::pem_file_iter(&file).map_err(|error| text(&error))?;
    for certificate in certificates {
        let certificate = certificate.map_err(|error| text(&error))?;
        roots.add(certificate).map_err(|error| text(&error))?;
    }
    Ok(roots)
}
