### Có Dấu, tiếng Việt: cài đặt.
### Không in đậm, không HTML; tham số là chữ thường ({ $name }).

## Cài đặt: khung
settings-title = Cài đặt
settings-sections = Các mục cài đặt

## Cài đặt: lý do
settings-reasons = Lý do từ chối
reasons-lead = Chín lý do đầu có phím số. Bạn đọc thấy câu bên dưới tên lý do trên trang theo dõi ý kiến.
reason-label = Tên trong danh sách
reason-sentence = Câu bạn đọc thấy
reason-sentence-hint = Nói với bạn đọc, một hai câu, kèm cách sửa nếu có.
reason-reword = Sửa lời
reason-save = Lưu
reason-up = Lên
reason-down = Xuống
reason-set-aside = Ngừng dùng
reason-offer = Dùng lại
reason-up-named = Lên: { $label }
reason-down-named = Xuống: { $label }
reason-set-aside-named = Ngừng dùng: { $label }
reason-offer-named = Dùng lại: { $label }
reasons-set-aside = Không dùng nữa
reasons-set-aside-hint = Những quyết định cũ vẫn giữ lý do này.
reasons-new = Thêm lý do
reasons-add = Thêm lý do
reason-label-missing = Lý do cần có tên.
reason-label-too-long = Tên lý do dài quá { $max } ký tự.
reason-label-taken = Đã có một lý do tên như vậy.
reason-sentence-missing = Xin viết câu bạn đọc sẽ thấy.
reason-sentence-too-long = Câu cho bạn đọc dài quá { $max } ký tự.
