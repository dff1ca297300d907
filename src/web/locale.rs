//! The sentences of the interface, in Vietnamese or English. They stand in `locales/`, a file
//! for each part of the interface.

use std::borrow::Cow;
use std::collections::HashMap;

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header::{self, Header};
use actix_web::{FromRequest, HttpMessage};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader, static_loader};
use unic_langid::{LanguageIdentifier, langid};

static_loader! {
    static SENTENCES = {
        locales: "./src/web/locales",
        fallback_language: "vi",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const VIETNAMESE: LanguageIdentifier = langid!("vi");
const ENGLISH: LanguageIdentifier = langid!("en");

/// The language a page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Lang {
    #[default]
    Vi,
    En,
}

/// A value inside a sentence.
pub(super) trait Argument {
    fn value(&self) -> FluentValue<'static>;
}

impl Argument for str {
    fn value(&self) -> FluentValue<'static> {
        self.to_owned().into()
    }
}

impl Argument for String {
    fn value(&self) -> FluentValue<'static> {
        self.clone().into()
    }
}

impl Argument for Cow<'_, str> {
    fn value(&self) -> FluentValue<'static> {
        self.clone().into_owned().into()
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Argument for $number {
            fn value(&self) -> FluentValue<'static> {
                FluentValue::from(*self)
            }
        }
    )*};
}

numbers!(i64, u32, u64, usize);

impl<T: Argument + ?Sized> Argument for &T {
    fn value(&self) -> FluentValue<'static> {
        (**self).value()
    }
}

impl Lang {
    /// The language's code, for `lang` attributes and headers.
    pub(super) fn code(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    /// The reader's choice: the first of ours in `Accept-Language`, else Vietnamese.
    pub(super) fn of(request: &HttpRequest) -> Lang {
        if let Some(lang) = request.extensions().get::<Lang>() {
            return *lang;
        }
        let Ok(accepted) = header::AcceptLanguage::parse(request) else {
            return Lang::Vi;
        };
        let known = |choice: &header::Preference<header::LanguageTag>| match choice {
            header::Preference::Specific(tag) => match tag.primary_language() {
                "vi" => Some(Lang::Vi),
                "en" => Some(Lang::En),
                _ => None,
            },
            header::Preference::Any => Some(Lang::Vi),
        };
        accepted.ranked().iter().find_map(known).unwrap_or_default()
    }

    /// The sentence `key`.
    pub(super) fn t(self, key: impl AsRef<str>) -> Cow<'static, str> {
        self.look_up(key.as_ref(), None)
    }

    /// The sentence `key` with one value in it.
    pub(super) fn with(
        self,
        key: impl AsRef<str>,
        name: &'static str,
        value: impl Argument,
    ) -> Cow<'static, str> {
        self.look_up(key.as_ref(), Some(&HashMap::from([(Cow::from(name), value.value())])))
    }

    /// The sentence `key` with two values in it.
    pub(super) fn with_two(
        self,
        key: impl AsRef<str>,
        name: &'static str,
        value: impl Argument,
        other_name: &'static str,
        other: impl Argument,
    ) -> Cow<'static, str> {
        let values = [(name.into(), value.value()), (other_name.into(), other.value())];
        self.look_up(key.as_ref(), Some(&HashMap::from(values)))
    }

    fn look_up(
        self,
        key: &str,
        values: Option<&HashMap<Cow<'static, str>, FluentValue<'static>>>,
    ) -> Cow<'static, str> {
        let language = match self {
            Lang::Vi => VIETNAMESE,
            Lang::En => ENGLISH,
        };
        // Tests hold that every key exists; a page with a key in it beats no page.
        match SENTENCES.try_lookup_complete(&language, key, values) {
            Some(sentence) => sentence.into(),
            None => key.to_owned().into(),
        }
    }
}

impl FromRequest for Lang {
    type Error = std::convert::Infallible;
    type Future = std::future::Ready<Result<Lang, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Lang::of(request)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_of_both_languages_can_be_read() {
        assert_eq!(Lang::Vi.t("comment-reply"), "Trả lời");
        assert_eq!(Lang::En.t("comment-reply"), "Reply");
        assert_eq!(Lang::En.with("comments-count", "count", 1_usize), "1 comment");
        assert_eq!(Lang::Vi.with("comments-count", "count", 2_usize), "2 bình luận");
    }
}
