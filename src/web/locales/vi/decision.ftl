### Có Dấu, tiếng Việt: quyết định.
### Không in đậm, không HTML; tham số là chữ thường ({ $name }).

## Quyết định
desk-approve = Duyệt
desk-approve-as-sent = Duyệt nguyên văn
desk-edit = Sửa & duyệt
desk-edit-save = Duyệt bản sửa
desk-reject = Từ chối
desk-spam = Spam
desk-reopen = Mở lại
desk-unpublish = Gỡ khỏi bài
desk-reopen-hint = Đưa về ngăn chờ duyệt. Nếu đang đăng, bình luận sẽ được gỡ khỏi bài.
desk-decide = Quyết định
desk-reject-reason = Lý do
desk-reject-reason-choose = Chọn lý do
desk-reject-note = Ghi chú nội bộ
desk-reject-note-hint = Bạn đọc thấy lý do, không thấy ghi chú.
desk-reject-confirm = Từ chối bình luận
desk-return = Nhờ bạn đọc sửa
desk-return-hint = Bạn đọc thấy lý do và lời nhắn, rồi sửa ý kiến ngay trên trang theo dõi.
desk-return-reason-none = Không chọn, chỉ nhắn
desk-return-message = Lời nhắn cho bạn đọc
desk-return-confirm = Gửi lại bạn đọc
decision-approve = Duyệt nguyên văn
decision-edit = Sửa và duyệt
decision-reject = Từ chối
decision-spam = Đánh dấu spam
decision-reopen = Mở lại
decision-return = Gửi lại bạn đọc
decision-resubmit = Gửi bản khác
decision-withdraw = Rút lại
decision-expire = Hết hạn
decision-submit = Gửi ý kiến
decided = Đã ghi quyết định về bình luận của { $name }.
decided-view = Xem lại
status-pending = chờ duyệt
status-approved = đã duyệt
status-rejected = từ chối
status-spam = spam
status-returned = chờ bạn đọc sửa
status-withdrawn = bạn đọc rút
status-expired = hết hạn

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
comment-hide = Che thông tin cá nhân
comment-doubts = Những chỗ máy chưa chắc:
comment-edits = Sửa vì
comment-close = Thôi sửa
comment-revisions = Bản gửi trước của bạn đọc
edit-spelling = chính tả
edit-marks = thêm dấu
edit-cut = cắt bớt
edit-personal-data = che thông tin cá nhân
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
history-message = Nhắn bạn đọc: { $message }
history-note = Ghi chú: { $note }
conflict-approve = Bình luận này vừa được { $name } duyệt lúc { $time }.
conflict-edit = Bình luận này vừa được { $name } sửa và duyệt lúc { $time }.
conflict-reject = Bình luận này vừa bị { $name } từ chối lúc { $time }.
conflict-spam = Bình luận này vừa bị { $name } đánh dấu spam lúc { $time }.
conflict-expire = Bình luận này vừa hết hạn chờ lúc { $time }.
conflict-reopen = Bình luận này vừa được { $name } mở lại lúc { $time }.
conflict-return = Bình luận này vừa được { $name } gửi lại cho bạn đọc lúc { $time }.
conflict-resubmit = Bạn đọc vừa gửi bản khác của bình luận này lúc { $time }.
conflict-withdraw = Bạn đọc vừa rút lại bình luận này lúc { $time }.
conflict-kept = Quyết định của bạn chưa được ghi. Phần bạn gõ vẫn còn trong ô sửa.

## Bổ sung: quyết định chưa ghi được
decision-nothing = Bình luận đã như vậy rồi, không có gì để đổi.
decision-readers = Việc này là của bạn đọc: bình luận đã rút hoặc vừa được bạn đọc sửa, bàn biên tập không đổi được.
decision-message-missing = Xin chọn lý do hoặc viết cho bạn đọc biết cần sửa gì.
decision-message-too-long = Lời nhắn dài quá { $max } ký tự.
decision-body-missing = Bản để đăng đang trống.
decision-body-too-long = Bản để đăng dài quá { $max } ký tự.
decision-reason-missing = Xin chọn lý do từ chối.
decision-note-missing = Với “lý do khác”, xin ghi rõ lý do vào ghi chú.
decision-note-too-long = Ghi chú dài quá { $max } ký tự.

## Nhận bình luận của bài
thread-title = Bài báo này
thread-open = Đang nhận bình luận.
thread-closed = Đã đóng bình luận.
thread-close-button = Đóng bình luận
thread-open-button = Mở bình luận

## Tòa soạn trả lời bạn đọc
answer-title = Trả lời bạn đọc
answer-body = Câu trả lời
answer-hint = Đăng ngay dưới bình luận này, kèm nhãn “Tòa soạn”.
answer-name = Ký tên
answer-name-hint = Bạn đọc thấy tên này; không cần là tên đăng nhập.
answer-send = Đăng câu trả lời
answer-done = Đã đăng câu trả lời.
