### Có Dấu, tiếng Việt: khối bình luận dưới bài.
### Không in đậm, không HTML; tham số là chữ thường ({ $name }).

## Khối bình luận dưới bài
comments-count = { $count } bình luận
comment-edited = đã biên tập
comment-reply = Trả lời
comment-reply-to = Trả lời { $name }
comments-closed = Bài này đã đóng bình luận.
staff = Tòa soạn
order-title = Thứ tự bình luận
order-oldest = Cũ nhất
order-newest = Mới nhất
comments-more = Xem thêm bình luận
comments-first = Xem từ đầu
thread-page-title = Bình luận về bài { $title }
feed-thread = Bình luận về bài { $title }
feed-site = Bình luận trên { $name }
feed-entry = { $name } về bài { $title }
form-title = Gửi bình luận
form-notice = Ý kiến của bạn sẽ được biên tập trước khi đăng. Vui lòng gõ tiếng Việt có dấu.
form-name = Họ và tên
form-email = Email
form-email-hint = Không hiển thị trên trang; tòa soạn chỉ dùng khi cần hỏi lại bạn.
form-consent = Tôi đồng ý để tòa soạn lưu và biên tập ý kiến này.
form-honeypot = Xin để trống ô này
form-send = Gửi bình luận
form-sending = Đang gửi…
form-failed = Chưa gửi được. Ý kiến của bạn vẫn còn trong ô; xin thử gửi lại.
proof-wanted = Máy của bạn đang làm một phép tính nhỏ để chống gửi tự động; ý kiến sẽ được gửi ngay sau đó.
form-offline = Đang mất mạng. Ý kiến vẫn còn trong ô và sẽ được gửi khi có mạng lại.
form-again = Gửi lại
form-left = Còn { $count } ký tự
form-over = Dài quá { $count } ký tự
typing-aid = Bộ gõ tiếng Việt
typing-off = Tắt

## Trang trả lời một bình luận
reply-title = Trả lời { $name }
reply-on-article = Dưới bài { $title }
reply-cancel = Thôi trả lời

## Trang báo lỗi nhập
invalid-title = Chưa gửi được ý kiến
invalid-lead = { $count } chỗ cần sửa. Những gì bạn đã gõ vẫn còn nguyên bên dưới.
invalid-page-title = Lỗi: { $title }
field-name-missing = Bạn chưa ghi họ và tên.
field-name-too-long = Họ và tên dài quá { $max } ký tự.
field-body-missing = Bạn chưa viết ý kiến.
field-body-too-long = Ý kiến dài { $count } ký tự; xin rút xuống còn tối đa { $max }.
field-email-malformed = Email chưa đúng. Ví dụ: ten@example.com
field-url-malformed = Địa chỉ bài báo không đúng. Xin quay lại bài và gửi lại.
field-title-malformed = Tên bài báo trống hoặc quá dài. Xin quay lại bài và gửi lại.
field-thread-malformed = Biểu mẫu không cho biết đây là bài nào. Xin quay lại bài và gửi lại.
field-parent-malformed = Bình luận bạn trả lời không còn trên bài này.
field-consent-missing = Xin đánh dấu đồng ý để tòa soạn được lưu và biên tập ý kiến.
field-submission-malformed = Mã lượt gửi không đúng. Xin tải lại trang và gửi lại.

## Nhắc bạn đọc thêm dấu
nudge-title = Ý kiến của bạn thiếu dấu
nudge-lead = Vui lòng gõ tiếng Việt có dấu, để người khác dễ đọc và biên tập viên duyệt nhanh hơn.
nudge-restore = Thêm dấu giúp tôi
nudge-retype = Tôi sẽ gõ lại
nudge-insist = Vẫn gửi
nudge-hint = Ý kiến chưa được gửi. Nếu bạn vẫn gửi như vậy, biên tập viên sẽ đọc sau những ý kiến có dấu.
nudge-restored-title = Xem lại bản đã thêm dấu
nudge-restored-lead = Máy đã đoán và thêm dấu. Xin đọc lại, sửa chỗ sai rồi gửi.
nudge-restored-label = Ý kiến của bạn, đã thêm dấu
nudge-typed = Bạn đã gõ
nudge-undo = Lấy lại bản tôi đã gõ
nudge-guesses = Những chỗ máy chưa chắc
nudge-alternatives = có thể là: { $words }
