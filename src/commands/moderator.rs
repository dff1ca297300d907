//! `codau moderator`: the accounts of the desk.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::Subcommand;

use crate::accounts::{self, AccountError, Passwords};
use crate::commands::{block_on, open_store};
use crate::config::Config;
use crate::domain::{Invalid, Role, Rule};
use crate::server::clock;
use crate::store::StoreError;

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum ModeratorCommand {
    /// Add an account; the password is asked for, or read from standard input
    Add {
        /// The name to log in with, shown beside each decision
        name: String,
        /// moderator: decides; admin: also opens and closes articles
        #[arg(long, default_value = "moderator", value_parser = parse_role)]
        role: Role,
    },
    /// List the accounts
    List,
    /// Let an account log in no longer, and end its sessions
    Disable {
        /// Whose
        name: String,
    },
    /// Let a disabled account log in again
    Enable {
        /// Whose
        name: String,
    },
    /// Make a token by which a program decides in an account's name, and print it, this once
    Token {
        /// In whose name
        name: String,
        /// What it is for
        #[arg(long, default_value = "api")]
        label: String,
    },
    /// List the tokens, with when each was last used
    Tokens,
    /// Take a token away; its next request is refused
    Revoke {
        /// In whose name it was
        name: String,
        /// What it was for
        #[arg(long, default_value = "api")]
        label: String,
    },
    /// Set an account's password and end its sessions
    Password {
        /// Whose
        name: String,
    },
}

fn parse_role(name: &str) -> Result<Role, String> {
    name.parse()
}

/// Carries a command out.
///
/// # Errors
/// A sentence for the operator.
pub fn run(config: &Config, command: ModeratorCommand) -> Result<(), String> {
    let store = open_store(config)?;
    let store = store.as_ref();
    match command {
        ModeratorCommand::Add { name, role } => {
            let password = read_password()?;
            let passwords = Passwords::new()?;
            let added = passwords.add(store, &name, role, &password, clock());
            block_on(async { added.await.map_err(|error| sentence(&name, &error)) })?;
            say(&format!("{name} may log in as {}.", role.as_str()))
        }
        ModeratorCommand::List => {
            let all = block_on(async { store.moderators().await.map_err(|e| e.to_string()) })?;
            for moderator in all {
                let state = if moderator.enabled { "" } else { "  (disabled)" };
                say(&format!("{:<10} {}{state}", moderator.role.as_str(), moderator.name))?;
            }
            Ok(())
        }
        ModeratorCommand::Disable { name } => set_enabled(store, &name, false),
        ModeratorCommand::Enable { name } => set_enabled(store, &name, true),
        ModeratorCommand::Token { name, label } => make_token(store, &name, &label),
        ModeratorCommand::Tokens => list_tokens(store),
        ModeratorCommand::Revoke { name, label } => {
            let revoked = async {
                let id = store.credentials(&name).await?.0.id;
                store.revoke_token(id, &label).await
            };
            let sentence = |error| match error {
                StoreError::NotFound => format!("{name} has no token {label:?}"),
                other => other.to_string(),
            };
            block_on(async { revoked.await.map_err(sentence) })?;
            say(&format!("{name}'s token {label:?} is taken away."))
        }
        ModeratorCommand::Password { name } => {
            let password = read_password()?;
            let passwords = Passwords::new()?;
            let changed = passwords.change(store, &name, &password);
            block_on(async { changed.await.map_err(|error| sentence(&name, &error)) })?;
            say(&format!("{name} has a new password; all their sessions have ended."))
        }
    }
}

fn make_token(store: &dyn crate::store::Store, name: &str, label: &str) -> Result<(), String> {
    let made = accounts::make_token(store, name, label, clock());
    let sentence = |error| match error {
        StoreError::Conflict => format!("{name} has a token {label:?} already"),
        other => sentence(name, &other.into()),
    };
    say(&block_on(async { made.await.map_err(sentence) })?)
}

fn list_tokens(store: &dyn crate::store::Store) -> Result<(), String> {
    for token in block_on(async { store.tokens().await.map_err(|e| e.to_string()) })? {
        let used = token.used_at.map_or("never used".to_owned(), |at| format!("last used {at:.0}"));
        say(&format!(
            "{:<10} {:<10} made {:.0}, {used}",
            token.moderator, token.label, token.made_at
        ))?;
    }
    Ok(())
}

fn set_enabled(store: &dyn crate::store::Store, name: &str, enabled: bool) -> Result<(), String> {
    let set = store.set_enabled(name, enabled);
    block_on(async { set.await.map_err(|error| sentence(name, &error.into())) })?;
    let verb = if enabled { "may log in again" } else { "may log in no longer" };
    say(&format!("{name} {verb}."))
}

fn say(line: &str) -> Result<(), String> {
    writeln!(io::stdout(), "{line}").map_err(|error| error.to_string())
}

fn sentence(name: &str, error: &AccountError) -> String {
    let bad = |bad: &Invalid| match (bad.field, bad.rule) {
        (field, Rule::Missing) => format!("the {field} is empty"),
        (field, Rule::TooLong(limit)) => format!("the {field} is longer than {limit}"),
        (field, Rule::TooShort(limit)) => format!("the {field} is shorter than {limit}"),
        (_, Rule::Taken) => format!("there is a moderator {name:?} already"),
        (field, Rule::Malformed) => format!("the {field} is not acceptable"),
    };
    match error {
        AccountError::Invalid(invalid) => invalid.iter().map(bad).collect::<Vec<_>>().join("; "),
        AccountError::Store(StoreError::NotFound) => format!("there is no moderator {name:?}"),
        AccountError::Store(error) => error.to_string(),
    }
}

/// A password from the terminal, unseen, or the first line of standard input.
fn read_password() -> Result<String, String> {
    if io::stdin().is_terminal() {
        let first = rpassword::prompt_password("Password: ").map_err(|e| e.to_string())?;
        let again = rpassword::prompt_password("The same again: ").map_err(|e| e.to_string())?;
        return if first == again { Ok(first) } else { Err("the passwords differ".into()) };
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|error| error.to_string())?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
