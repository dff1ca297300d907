//! `codau serve`: the service.

use std::net::{SocketAddr, TcpListener};

use crate::config::Config;
use crate::language::Language;
use crate::server::{self, Listeners};
use crate::{commands, logs, store};

/// Runs the service until it is told to stop (SIGINT or SIGTERM).
///
/// # Errors
/// A sentence for the operator: an address in use, a store that cannot be opened.
pub fn serve(config: Config) -> Result<(), String> {
    logs::start(&config.log_level, config.log_json)?;
    // A connection takes a file; the store, its log and the rest take some too.
    let files = u64::try_from(config.connections).unwrap_or(u64::MAX).saturating_add(256);
    if rlimit::increase_nofile_limit(files).is_ok_and(|may| may < files) {
        tracing::warn!(files, "fewer files may be open than server.connections may take");
    }
    let _lock = store::lock(&config.store_url)?;
    let store = commands::open_store(&config)?;
    let listeners = Listeners {
        service: bind(config.listen, config.connections)?,
        demo: config.demo_listen.map(|demo| bind(demo, config.connections)).transpose()?,
    };
    let address = config.public_url.clone();
    let demo = config.demo_listen;
    let ready = move |setup_link: Option<String>| {
        eprintln!("Có Dấu is at {address}/");
        if let Some(demo) = demo {
            eprintln!("A demo article page is at http://{demo}/");
        }
        if let Some(link) = setup_link {
            eprintln!("There is no moderator yet. Make the first admin here, once:\n  {link}");
        }
    };
    let language = Language::embedded();
    actix_web::rt::System::new().block_on(server::run(
        config,
        store,
        language,
        listeners,
        server::clock,
        ready,
        stop_signal(),
    ))
}

/// Listens, with as many at the door as may be inside. The standard library lets 128 wait; of a
/// crowd that comes at once, the kernel resets the others.
fn bind(address: SocketAddr, at_the_door: usize) -> Result<TcpListener, String> {
    let named = |error| format!("cannot listen on {address}: {error}");
    let listener = TcpListener::bind(address).map_err(named)?;
    let at_the_door = i32::try_from(at_the_door).unwrap_or(i32::MAX);
    socket2::SockRef::from(&listener).listen(at_the_door).map_err(named)?;
    Ok(listener)
}

async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
