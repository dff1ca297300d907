//! Every address of the service, read from its list in the sources: what tests go through is held
//! against it, so that no test falls behind a new address.

use std::collections::BTreeSet;

use actix_web::dev::ResourceDef;

/// An address of the service, and what can be done there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Route {
    /// In capitals, as it goes over the wire.
    pub(crate) method: String,
    /// With its parameters in braces.
    pub(crate) pattern: String,
}

impl Route {
    /// Whether a path leads here.
    pub(crate) fn takes(&self, path: &str) -> bool {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        ResourceDef::new(self.pattern.as_str()).is_match(path)
    }
}

/// The words by which a resource gets a method.
const METHODS: [&str; 6] = ["get", "head", "post", "put", "patch", "delete"];

/// What stands between the quotes of a piece of the sources.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

/// Every route that a piece of the sources lists.
fn listed(source: &str) -> BTreeSet<Route> {
    let source: Vec<_> = source.lines().map(|line| line.split("//").next().unwrap()).collect();
    let source = source.join("\n");
    let (mut depth, mut scopes, mut here) = (0, Vec::<(usize, &str)>::new(), Vec::new());
    let mut routes = BTreeSet::new();
    for (at, character) in source.char_indices() {
        match character {
            '(' => depth += 1,
            // The parenthesis around a scope closes: what follows is beside it.
            ')' => {
                depth -= 1;
                scopes.retain(|(begun, _)| *begun <= depth);
            }
            _ => {}
        }
        let rest = &source[at..];
        let inside = |start: &str| Some(rest.strip_prefix(start)?.split(')').next().unwrap());
        if let Some(prefix) = inside("scope(") {
            scopes.extend(quoted(prefix).map(|prefix| (depth, prefix)));
        } else if let Some(paths) = inside("resource(") {
            let prefix: String = scopes.iter().map(|(_, prefix)| *prefix).collect();
            here = quoted(paths).map(|path| format!("{prefix}{path}")).collect();
        } else if let Some(call) = rest.strip_prefix('.') {
            let name = call.split('(').next().unwrap();
            assert!(!["route", "to"].contains(&name), "a route that this cannot read: .{call:.60}");
            if METHODS.contains(&name) {
                let method = name.to_uppercase();
                let route =
                    |pattern: &String| Route { method: method.clone(), pattern: pattern.clone() };
                routes.extend(here.iter().map(route));
            }
        }
    }
    routes
}

/// Every route of the service.
pub(crate) fn routes() -> BTreeSet<Route> {
    let source = include_str!("../../src/web/routes.rs");
    let list = source.split("move |config| {").nth(1).expect("the list of routes");
    listed(list.split(".default_service(").next().unwrap())
}

/// The routes that change something, first the one that makes the first admin, last the one that
/// ends the session.
pub(crate) fn changing() -> Vec<String> {
    let mut patterns: Vec<_> = routes()
        .into_iter()
        .filter(|route| route.method != "GET")
        .map(|route| route.pattern)
        .collect();
    let place = |pattern: &String| match pattern.as_str() {
        "/moderation/setup" => 0,
        "/moderation/logout" => 2,
        _ => 1,
    };
    patterns.sort_by_key(place);
    patterns
}

/// The routes that are read.
pub(crate) fn readable() -> Vec<Route> {
    routes().into_iter().filter(|route| route.method == "GET").collect()
}

#[test]
fn the_routes_are_read_from_the_sources_with_their_scopes() {
    let source = r#"
        config
            .service(
                // .get(nothing)
                scope("/a").wrap(layer(&app)).service(resource("").post(b::c))
                    .service(resource(["/{id}", "/"]).get(d).delete(e)),
            )
            .service(resource("/f").wrap(layer(&app)).put(g))
    "#;
    let found: Vec<_> =
        listed(source).into_iter().map(|r| format!("{} {}", r.method, r.pattern)).collect();
    let expected = ["DELETE /a/", "DELETE /a/{id}", "GET /a/", "GET /a/{id}", "POST /a", "PUT /f"];
    assert_eq!(found, expected);
    let all = routes();
    let has = |method: &str, pattern: &str| {
        all.contains(&Route { method: method.into(), pattern: pattern.into() })
    };
    assert!(has("POST", "/moderation/comments/{id}/decision") && has("GET", "/moderation"));
    assert!(has("POST", "/{site}/wp-comments-post.php") && has("GET", "/healthz"));
    assert!(all.len() > 50, "{} routes", all.len());
}
