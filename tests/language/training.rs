//! A model is made by the same steps each time, and a damaged one is refused.

use codau::language::{Language, ModelError, Sizes, Trainer};

const SIZES: Sizes = Sizes { ngrams: 4_800, weight_bits: 12, bare_bits: 12 };

fn model() -> Vec<u8> {
    let mut trainer = Trainer::new();
    for n in 0..40 {
        trainer.comment("Bài viết rất hay, cảm ơn tác giả");
        trainer.comment(&format!("Tôi đã đọc {n} lần, lần nào cũng thấy hay"));
        trainer.text("Thành phố sẽ xây thêm một cây cầu mới qua sông");
        trainer.foreign("The city will build another bridge over the river");
    }
    trainer.finish(SIZES, |_| {})
}

#[test]
fn the_same_texts_give_the_same_bytes() {
    assert_eq!(model(), model());
}

#[test]
fn a_small_model_knows_what_it_was_shown() {
    let language = Language::from_bytes(model()).unwrap();
    assert_eq!(language.restore("bai viet rat hay").text, "bài viết rất hay");
    assert_eq!(language.restore("THANH PHO se xay cau").text, "THÀNH PHỐ sẽ xây cầu");
}

#[test]
fn nothing_to_learn_from_still_gives_a_model() {
    let language = Language::from_bytes(Trainer::new().finish(SIZES, |_| {})).unwrap();
    assert_eq!(language.restore("bai viet").text, "bai viet");
}

#[test]
fn damaged_models_are_refused() {
    let good = model();
    let refused = |bytes: Vec<u8>| Language::from_bytes(bytes).err();
    assert_eq!(refused(Vec::new()), Some(ModelError::NotAModel));
    assert_eq!(refused(b"something else altogether".to_vec()), Some(ModelError::NotAModel));
    assert_eq!(refused(good[..12].to_vec()), Some(ModelError::Short));
    assert_eq!(refused(good[..good.len() - 1].to_vec()), Some(ModelError::Checksum));
    let mut flipped = good.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    assert_eq!(refused(flipped), Some(ModelError::Checksum));
}

#[test]
fn a_language_is_shared_between_threads() {
    fn shared<T: Send + Sync + std::panic::UnwindSafe>(_: &T) {}
    shared(Language::embedded());
}

#[test]
fn the_embedded_model_is_no_larger_than_it_may_be() {
    let bytes: &[u8] = include_bytes!("../../src/language/model.bin");
    assert!(bytes.len() <= 12_000_000, "{} bytes", bytes.len());
}
