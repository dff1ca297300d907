### Có Dấu: mọi câu chữ của giao diện, tiếng Việt.
### Không in đậm, không HTML; tham số là chữ thường ({ $name }).

## Chung
product = Có Dấu
product-what = Bàn biên tập bình luận cho báo Việt
skip-to-content = Đến nội dung chính
back-to-article = Về bài báo
request-id = Mã yêu cầu: { $id }
optional = không bắt buộc

## Thời gian
age-now = vừa xong
age-minutes = { $count } phút trước
age-hours = { $count } giờ trước
age-days = { $count } ngày trước

## Khối bình luận dưới bài
comments-count = { $count } bình luận
comment-reply = Trả lời
comment-reply-to = Trả lời { $name }
comments-closed = Bài này đã đóng bình luận.
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

## Trang theo dõi ý kiến
receipt-page-title = Theo dõi ý kiến
receipt-follow = Theo dõi ý kiến
receipt-waiting-title = Ý kiến của bạn đang chờ biên tập
receipt-waiting-body = Tòa soạn đã nhận được. Biên tập viên sẽ đọc trước khi đăng; trang này cho biết kết quả.
receipt-waiting-keep = Bạn có thể lưu địa chỉ trang này để xem lại. Ai có địa chỉ đều đọc được, nên xin đừng chia sẻ.
receipt-published-title = Ý kiến của bạn đã được đăng
receipt-published-body = Biên tập viên đã duyệt nguyên văn. Cảm ơn bạn.
receipt-published-link = Xem ý kiến trên bài
receipt-edited-title = Ý kiến của bạn đã được biên tập và đăng
receipt-edited-body = Biên tập viên đã sửa đôi chỗ trước khi đăng. Cảm ơn bạn.
receipt-rejected-title = Ý kiến của bạn không được đăng
receipt-rejected-body = Biên tập viên đã đọc và quyết định không đăng.
receipt-rejected-reason = Lý do: { $reason }
receipt-rejected-again = Bạn có thể viết lại và gửi ý kiến khác dưới bài.
receipt-expired-title = Ý kiến của bạn đã hết hạn chờ
receipt-expired-body = Sau { $days } ngày chưa có người duyệt, ý kiến đã được xóa khỏi hàng chờ. Tòa soạn xin lỗi vì đã để bạn đợi.
receipt-sent-at = Gửi lúc
receipt-decided-at = Quyết định lúc
receipt-article = Bài báo
receipt-fate-sent = Đã gửi
receipt-fate-waiting = Chờ biên tập
receipt-fate-decided = Có kết quả
receipt-fate-published = Đã đăng
receipt-fate-edited = Đã biên tập và đăng
receipt-fate-rejected = Không đăng
receipt-fate-expired = Hết hạn chờ

## Lý do từ chối: tên ngắn cho bàn biên tập, câu cho bạn đọc
reason-insult = Xúc phạm cá nhân
reason-language = Ngôn từ không phù hợp
reason-advert = Quảng cáo
reason-off-topic = Lạc đề
reason-unverified = Thông tin chưa kiểm chứng
reason-personal-data = Lộ thông tin cá nhân
reason-unmarked = Không dấu, khó đọc
reason-duplicate = Trùng ý kiến đã gửi
reason-other = Lý do khác
reason-insult-reader = Ý kiến có lời lẽ xúc phạm cá nhân.
reason-language-reader = Ý kiến có từ ngữ không phù hợp để đăng báo.
reason-advert-reader = Ý kiến có nội dung quảng cáo.
reason-off-topic-reader = Ý kiến không bàn về nội dung bài báo.
reason-unverified-reader = Ý kiến nêu thông tin mà tòa soạn chưa kiểm chứng được.
reason-personal-data-reader = Ý kiến để lộ thông tin cá nhân, như số điện thoại hoặc địa chỉ nhà.
reason-unmarked-reader = Ý kiến viết không dấu nên khó đọc. Bạn có thể gõ lại có dấu và gửi lại.
reason-duplicate-reader = Ý kiến trùng với một ý kiến bạn đã gửi.
reason-other-reader = Ý kiến chưa phù hợp để đăng.

## Trang lỗi: tên, câu giải thích, việc nên làm
error-origin-title = Trang này chưa được nhận bình luận
error-origin-body = Bình luận gửi từ một trang báo mà hệ thống chưa biết.
error-origin-do = Xin quay lại bài báo và gửi lại. Nếu vẫn gặp lỗi, xin báo cho tòa soạn kèm mã yêu cầu bên dưới.
error-closed-title = Bài này đã đóng bình luận
error-closed-body = Tòa soạn không nhận thêm ý kiến cho bài này.
error-closed-do = Ý kiến của bạn ở bên dưới, để bạn chép lại nếu cần.
error-too-large-title = Ý kiến quá dài
error-too-large-body = Phần gửi lên vượt quá mức hệ thống nhận được ({ $max }).
error-too-large-do = Xin dùng nút quay lại của trình duyệt, rút gọn ý kiến rồi gửi lại.
error-too-fast-title = Bạn gửi hơi nhanh
error-too-fast-body = Hệ thống vừa nhận nhiều ý kiến từ kết nối của bạn.
error-too-fast-do = Xin đợi { $seconds } giây rồi bấm gửi lại. Ý kiến của bạn vẫn còn nguyên bên dưới.
error-duplicate-title = Biểu mẫu này đã gửi một ý kiến khác
error-duplicate-body = Tòa soạn đã nhận một ý kiến khác từ chính biểu mẫu này. Ý kiến bên dưới chưa được lưu.
error-duplicate-do = Nếu muốn gửi thêm ý kiến bên dưới, xin bấm gửi lại.
error-unavailable-title = Hệ thống tạm gián đoạn
error-unavailable-body = Hệ thống đang gián đoạn; phần vừa gửi chưa được lưu.
error-unavailable-do = Xin đợi { $seconds } giây rồi thử lại.
error-not-found-title = Không tìm thấy trang
error-not-found-body = Địa chỉ này không có trang nào, hoặc nội dung đã được xóa theo thời hạn lưu giữ.
error-not-found-do = Xin kiểm tra lại địa chỉ, hoặc quay về trang trước.
error-forbidden-title = Bạn không có quyền làm việc này
error-forbidden-body = Tài khoản của bạn không được phép mở trang hoặc thực hiện thao tác này.
error-forbidden-do = Nếu cần, xin nhờ người quản trị đổi vai trò cho bạn.
error-session-title = Phiên làm việc đã hết hạn
error-session-body = Biểu mẫu quá cũ hoặc không được gửi từ trang này, nên hệ thống chưa làm gì cả.
error-session-do = Xin đăng nhập lại rồi thử lại.
error-internal-title = Hệ thống gặp lỗi
error-internal-body = Yêu cầu chưa được thực hiện. Lỗi đã được ghi lại.
error-internal-do = Xin thử lại. Nếu vẫn gặp lỗi, xin báo cho tòa soạn kèm mã yêu cầu bên dưới.
error-bad-request-title = Hệ thống không đọc được phần gửi lên
error-bad-request-body = Biểu mẫu gửi lên bị thiếu hoặc sai định dạng.
error-bad-request-do = Xin quay lại trang trước và gửi lại.
error-typed-kept = Phần bạn đã gõ
error-text-kept = Ý kiến của bạn
error-send-again = Gửi lại

## Trang chủ
landing-lead = Có Dấu nhận ý kiến bạn đọc dưới mỗi bài, chỉ cho biên tập viên chỗ nào thiếu dấu, và chỉ đăng sau khi có người duyệt.
landing-specimen-label = Ví dụ: một câu bạn đọc gửi và bản đăng sau khi thêm dấu
landing-sent = Bạn đọc gửi
landing-published = Tòa soạn đăng
landing-point-decision = Không ý kiến nào lên báo khi chưa có người duyệt; người duyệt có thể sửa trước.
landing-point-original = Bản bạn đọc gửi được giữ nguyên bên cạnh bản đã sửa.
landing-point-receipt = Bạn đọc luôn biết ý kiến của mình đang ở đâu.
landing-demo-server = Bài báo mẫu, ghép ở máy chủ
landing-demo-server-hint = Máy chủ của tờ báo chèn sẵn khối bình luận vào trang; không cần mã chạy trong trình duyệt.
landing-demo-script = Bài báo mẫu, ghép trong trình duyệt
landing-demo-script-hint = Một đoạn mã nhỏ tải khối bình luận về sau.
landing-desk = Vào bàn biên tập
landing-desk-hint = Dành cho biên tập viên và người quản trị.
landing-docs = Tài liệu
landing-docs-hint = Cách chạy, cách đặt khối bình luận vào trang báo và bảng cấu hình nằm trong tệp README.md đi kèm.

## Đăng nhập, cài đặt lần đầu
login-title = Đăng nhập bàn biên tập
login-name = Tên đăng nhập
login-password = Mật khẩu
login-button = Đăng nhập
login-failed = Tên đăng nhập hoặc mật khẩu không đúng.
login-too-many = Sai quá nhiều lần. Xin đợi { $seconds } giây rồi thử lại.
login-forgot = Quên mật khẩu? Người quản trị đặt lại bằng lệnh “codau moderator password”.
logout = Đăng xuất
setup-title = Tạo người quản trị đầu tiên
setup-lead = Liên kết này chỉ dùng được một lần. Sau bước này, bạn thêm người khác bằng lệnh “codau moderator add”.
setup-name = Tên đăng nhập
setup-name-hint = Tên này hiện cạnh mỗi quyết định của bạn.
setup-password = Mật khẩu
setup-password-hint = Ít nhất { $min } ký tự. Một câu dài dễ nhớ thì tốt hơn một từ khó.
setup-password-again = Nhập lại mật khẩu
setup-button = Tạo người quản trị
field-login-name-missing = Bạn chưa ghi tên đăng nhập.
field-login-password-too-long = Mật khẩu dài quá { $limit } byte.
field-login-name-too-long = Tên đăng nhập dài quá { $limit } ký tự.
field-login-name-taken = Tên này đã có người dùng.
field-login-password-too-short = Mật khẩu cần ít nhất { $limit } ký tự.
field-password-mismatch = Hai lần nhập mật khẩu không giống nhau.
role-moderator = Biên tập viên
role-admin = Quản trị

## Bàn biên tập: khung
desk-title = Bàn biên tập
desk-lanes = Các ngăn bình luận
lane-pending = Chờ duyệt
lane-approved = Đã duyệt
lane-rejected = Từ chối
lane-spam = Spam
lane-expired = Hết hạn

## Bàn biên tập: lọc
filter-title = Lọc bình luận
filter-class = Loại
filter-class-all = Tất cả
filter-search = Tìm không cần dấu
filter-button = Lọc
filter-clear = Bỏ lọc
filter-thread = Bài: { $title }
filter-thread-remove = Bỏ lọc theo bài { $title }
page-nav = Các trang
page-next = Tiếp theo
page-first = Về đầu danh sách

## Bàn biên tập: thẻ bình luận
card-label = Bình luận của { $name }
card-replying-to = trả lời { $name }
card-thread-waiting = { $count } đang chờ
card-thread-narrow = Chỉ xem bài này: { $title }, { $count } bình luận đang chờ
card-reason = Lý do: { $reason }
card-open = Xem chi tiết

## Quyết định
desk-approve = Duyệt
desk-approve-as-sent = Duyệt nguyên văn
desk-edit = Sửa & duyệt
desk-edit-save = Duyệt bản sửa
desk-reject = Từ chối
desk-spam = Spam
desk-reopen = Mở lại
desk-reopen-hint = Đưa về ngăn chờ duyệt. Nếu đang đăng, bình luận sẽ được gỡ khỏi bài.
desk-decide = Quyết định
desk-reject-reason = Lý do
desk-reject-reason-choose = Chọn lý do
desk-reject-note = Ghi chú nội bộ
desk-reject-note-hint = Bạn đọc thấy lý do, không thấy ghi chú.
desk-reject-confirm = Từ chối bình luận
decision-approve = Duyệt nguyên văn
decision-edit = Sửa và duyệt
decision-reject = Từ chối
decision-spam = Đánh dấu spam
decision-reopen = Mở lại
decision-expire = Hết hạn
decision-submit = Gửi ý kiến
decided = Đã ghi quyết định về bình luận của { $name }.
decided-view = Xem lại
status-pending = chờ duyệt
status-approved = đã duyệt
status-rejected = từ chối
status-spam = spam
status-expired = hết hạn

## Bàn biên tập: trống
queue-empty-title = Hết việc rồi. Cảm ơn bạn!
queue-empty-body = Không còn bình luận nào chờ duyệt. Bạn đọc đã được trả lời hết.
queue-empty-lane = Ngăn này chưa có bình luận nào.
queue-empty-filter = Không có bình luận nào khớp với bộ lọc.

## Nhận xét của máy
class-marked = Có dấu
class-unmarked = Không dấu
class-partly-marked = Thiếu dấu
class-foreign = Ngoại ngữ
class-undetermined = Không rõ
badge-marked = Có dấu
badge-unmarked = Không dấu { $percent }%
badge-partly-marked = Thiếu dấu { $percent }%
badge-foreign = Ngoại ngữ
badge-undetermined = Không rõ
class-marked-why = Tiếng Việt, dấu đầy đủ.
class-unmarked-why = Tiếng Việt, gần như không có dấu.
class-partly-marked-why = Tiếng Việt, nhiều tiếng bị thiếu dấu.
class-foreign-why = Không phải tiếng Việt.
class-undetermined-why = Quá ngắn, hoặc chỉ có tên, số, liên kết hay biểu tượng, nên chưa kết luận được.
verdict-title = Nhận xét của máy
verdict-note = Máy chỉ xếp và đánh dấu; người duyệt quyết định.
verdict-mark-title = Thiếu dấu; có lẽ là “{ $suggestion }”

## Trang một bình luận
comment-title = Bình luận của { $name }
comment-number = Bình luận số { $id }
comment-back = Về danh sách
comment-sent = Bạn đọc gửi
comment-sent-hint = Bản gửi được giữ nguyên, không sửa được.
comment-to-publish = Bản để đăng
comment-to-publish-hint = Chỉ chữ thuần; xuống dòng được giữ.
comment-restore = Thêm dấu
comment-restore-hint = { $count } tiếng sẽ được thêm dấu; bạn xem lại trước khi duyệt.
comment-draft = Chưa lưu: xin xem lại rồi bấm duyệt.
comment-use-sent = Lấy lại bản gửi
comment-difference = Khác nhau giữa bản gửi và bản đăng
comment-difference-draft = Khác nhau giữa bản gửi và bản trong ô sửa
comment-difference-deleted = bỏ:
comment-difference-inserted = thêm:
comment-parent = Trả lời
comment-published-text = Bản đang đăng
comment-on-article = Xem trên bài
history-title = Lịch sử
history-reader = bạn đọc
history-system = hệ thống
history-note = Ghi chú: { $note }
conflict-approve = Bình luận này vừa được { $name } duyệt lúc { $time }.
conflict-edit = Bình luận này vừa được { $name } sửa và duyệt lúc { $time }.
conflict-reject = Bình luận này vừa bị { $name } từ chối lúc { $time }.
conflict-spam = Bình luận này vừa bị { $name } đánh dấu spam lúc { $time }.
conflict-expire = Bình luận này vừa hết hạn chờ lúc { $time }.
conflict-reopen = Bình luận này vừa được { $name } mở lại lúc { $time }.
conflict-kept = Quyết định của bạn chưa được ghi. Phần bạn gõ vẫn còn trong ô sửa.

## Bổ sung: quyết định chưa ghi được
decision-nothing = Bình luận đã như vậy rồi, không có gì để đổi.
decision-body-missing = Bản để đăng đang trống.
decision-body-too-long = Bản để đăng dài quá { $max } ký tự.
decision-reason-missing = Xin chọn lý do từ chối.
decision-note-missing = Với “lý do khác”, xin ghi rõ lý do vào ghi chú.
decision-note-too-long = Ghi chú dài quá { $max } ký tự.

## Dấu hiệu cần xem kỹ
flag-disguised = Có ký tự ẩn, chồng dấu hoặc chữ giả dạng
flag-unconverted = Gõ Telex, VNI chưa chuyển thành dấu, hoặc bảng mã cũ
flag-trapped = Ô bẫy bị điền: có thể là máy gửi
flag-links = Nhiều liên kết

## Nhận bình luận của bài
thread-title = Bài báo này
thread-open = Đang nhận bình luận.
thread-closed = Đã đóng bình luận.
thread-close-button = Đóng bình luận
thread-open-button = Mở bình luận

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

## Sửa cách gõ, bảng mã
repair-telex = Đổi từ Telex
repair-vni = Đổi từ VNI
repair-viqr = Đổi từ VIQR
repair-tcvn3 = Đổi từ TCVN3 (ABC)
repair-vni-font = Đổi từ phông VNI

## Hoàn tác
recent-title = Vừa quyết định
recent-empty = Bạn chưa quyết định bình luận nào.
desk-undo = Hoàn tác
decision-undo = Hoàn tác
conflict-undo = { $name } vừa hoàn tác quyết định trước về bình luận này lúc { $time }.

## Phím tắt
keys-title = Phím tắt
keys-move = bình luận sau, bình luận trước
keys-approve = duyệt
keys-edit = sửa & duyệt; ở trang bình luận: vào ô sửa
keys-reject = từ chối, rồi số của lý do
keys-spam = spam
keys-restore = thêm dấu (trang bình luận)
keys-undo = hoàn tác
keys-reopen = mở lại
keys-search = tìm
keys-lanes = sang ngăn: chờ duyệt, đã duyệt, từ chối, spam, hết hạn, vừa quyết định
keys-leave = ra khỏi ô đang gõ
keys-help = bảng này
keys-close = Đóng
