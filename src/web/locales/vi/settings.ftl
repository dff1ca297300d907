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

## Cài đặt: quy tắc
settings-rules = Quy tắc
rules-lead = Quy tắc giữ ý kiến lại để người duyệt xem kỹ; không quy tắc nào tự từ chối ý kiến.
rules-trial = Thử một câu
rules-trial-text = Câu cần thử
rules-trial-button = Thử
rules-trial-nothing = Không quy tắc nào giữ câu này lại.
rules-all = Các quy tắc
rules-new = Thêm quy tắc
rules-add = Thêm quy tắc
rule-name-label = Tên quy tắc
rule-kind = Tìm gì
rule-kind-words = Từ, cụm từ
rule-kind-links = Quá nhiều liên kết
rule-kind-name = Tên người gửi
rule-kind-email = Email người gửi
rule-kind-address = Địa chỉ mạng
rule-entries = Các mục, mỗi dòng một mục
rule-entries-hint = Từ có dấu chỉ khớp đúng dấu ấy; từ không dấu khớp mọi dấu, trừ khi đặt trong ngoặc kép. Cách viết lách (teencode, chữ số thay chữ, chấm xen giữa) cũng khớp. Liên kết: một số, nhiều hơn số ấy là giữ lại. Email: cả địa chỉ, hoặc @ten-mien. Địa chỉ mạng: 192.0.2.7 hay 192.0.2.0/24.
rule-effect = Thì
rule-effect-hold = Giữ lại theo quy tắc
rule-effect-spam = Xếp vào ngăn nghi là spam
rule-count = { $count } mục
rule-is-off = Đang tắt
rule-edit = Sửa
rule-save = Lưu
rule-off = Tắt
rule-on = Bật
rule-remove = Xóa
rule-off-named = Tắt: { $name }
rule-on-named = Bật: { $name }
rule-remove-named = Xóa: { $name }
rule-name-missing = Quy tắc cần có tên.
rule-name-too-long = Tên quy tắc dài quá { $max } ký tự.
rule-entries-missing = Xin ghi ít nhất một mục.
rule-entries-too-long = Nhiều quá { $max } mục.
rule-entries-malformed-words = Mỗi mục cần có ít nhất một chữ hoặc số, và không dài quá 200 ký tự.
rule-entries-malformed-links = Xin ghi một số từ 0 đến 99.
rule-entries-malformed-name = Mỗi mục là một tên, không dài quá 200 ký tự.
rule-entries-malformed-email = Mỗi mục là một địa chỉ email, hoặc @ten-mien.
rule-entries-malformed-address = Mỗi mục là một địa chỉ mạng như 192.0.2.7, hoặc một dải như 192.0.2.0/24.

## Cài đặt: đặt vào trang báo
settings-embed = Đặt vào trang báo
embed-lead = Ba cách, có thể dùng lẫn: chép đoạn mã vào giao diện của tờ báo.
embed-no-site = Tệp cài đặt chưa có tờ báo nào ([[site]]).
embed-site = Tờ báo
embed-article = Địa chỉ một bài
embed-article-hint = Để kiểm tra: trang ấy có được gửi bình luận về đây không?
embed-check = Kiểm tra
embed-allowed = Được: { $origin } có trong danh sách của tờ báo này.
embed-refused = Chưa được: { $origin } không có trong danh sách. Xin sửa dòng này trong tệp cài đặt rồi khởi động lại:
embed-no-address = Đây không phải địa chỉ một trang web.
embed-origins = Các trang đang được nhận:
embed-placeholders = SO-BAI là số của bài trong CMS; DIA-CHI-BAI và TEN-BAI là địa chỉ và tên bài.
embed-form = Chỉ biểu mẫu, không cần mã chạy
embed-copy-form = HTML của biểu mẫu
embed-include = Máy chủ của tờ báo chèn sẵn
embed-copy-include = Dòng chèn trong trang (nginx, SSI)
embed-copy-proxy = Dòng trong cấu hình nginx
embed-script = Một đoạn mã nhỏ
embed-copy-script = Ba dòng trong trang
embed-copy-policy = Nếu trang có Content-Security-Policy, thêm vào
