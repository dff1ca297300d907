### Có Dấu, tiếng Việt: khung và danh sách của bàn biên tập.
### Không in đậm, không HTML; tham số là chữ thường ({ $name }).

## Bàn biên tập: khung
desk-title = Bàn biên tập
desk-lanes = Các ngăn bình luận
lane-pending = Chờ duyệt
lane-approved = Đã duyệt
lane-rejected = Từ chối
lane-spam = Spam
lane-returned = Chờ bạn đọc sửa
lane-withdrawn = Bạn đọc rút
lane-expired = Hết hạn

## Bàn biên tập: lọc
filter-title = Lọc bình luận
filter-class = Loại
filter-class-all = Tất cả
filter-order = Thứ tự
filter-order-queue = Theo hàng chờ
filter-order-newest = Mới nhất trước
filter-search = Tìm không cần dấu
filter-button = Lọc
filter-clear = Bỏ lọc
filter-thread = Bài: { $title }
filter-thread-remove = Bỏ lọc theo bài { $title }
page-nav = Các trang
page-next = Tiếp theo
page-first = Về đầu danh sách

## Bàn biên tập: ngăn của hàng chờ, bộ lọc đã lưu
view-nav = Các ngăn của hàng chờ
view-all = Tất cả
view-unmarked = Thiếu dấu
view-spam = Nghi spam
view-rule = Giữ theo quy tắc
view-staff = Trả lời tòa soạn
view-old = Chờ quá { $hours } giờ
view-expiring = Sắp hết hạn
saved-title = Bộ lọc đã lưu
saved-name = Tên bộ lọc
saved-shared = Cho cả tòa soạn dùng chung
saved-save = Lưu bộ lọc này
saved-everyones = dùng chung
saved-remove = Xóa
saved-remove-named = Xóa bộ lọc { $name }

## Bàn biên tập: thẻ bình luận
card-label = Bình luận của { $name }
card-replying-to = trả lời { $name }
card-meant = có lẽ là { $words }
author-first = bình luận đầu tiên
author-others = { $approved } đã duyệt, { $rejected } từ chối
author-by-email = tính theo tên và email
author-by-address = tính theo tên và địa chỉ mạng còn lưu
card-thread-waiting = { $count } đang chờ
card-thread-narrow = Chỉ xem bài này: { $title }, { $count } bình luận đang chờ
card-reason = Lý do: { $reason }
card-open = Xem chi tiết

## Bàn biên tập: trống
queue-empty-title = Hết việc rồi. Cảm ơn bạn!
queue-empty-body = Không còn bình luận nào chờ duyệt. Bạn đọc đã được trả lời hết.
queue-empty-lane = Ngăn này chưa có bình luận nào.
queue-empty-filter = Không có bình luận nào khớp với bộ lọc.

## Hoàn tác
recent-title = Vừa quyết định
recent-empty = Bạn chưa quyết định bình luận nào.
desk-undo = Hoàn tác
decision-undo = Hoàn tác
conflict-undo = { $name } vừa hoàn tác quyết định trước về bình luận này lúc { $time }.

## Câu báo sau khi quyết định, không tải lại trang
said-approve = Đã duyệt bình luận của { $name }.
said-edit = Đã sửa và duyệt bình luận của { $name }.
said-reject = Đã từ chối bình luận của { $name }.
said-spam = Đã đánh dấu spam bình luận của { $name }.
said-reopen = Đã mở lại bình luận của { $name }.
said-return = Đã gửi lại bình luận cho { $name } sửa.
said-undone = Đã hoàn tác quyết định về bình luận của { $name }.
said-failed = Chưa ghi được quyết định vì không nối được với máy chủ. Xin thử lại.

## Quyết định nhiều bình luận cùng lúc
bulk-title = Quyết định nhiều bình luận
bulk-pick = Chọn bình luận của { $name }
bulk-how = Đánh dấu các bình luận rồi quyết định một lần.
bulk-picked = Đã chọn { $count }
bulk-all = Tất cả bình luận khớp bộ lọc
bulk-all-counted = Tất cả { $count } bình luận trong danh sách này
bulk-unpick = Bỏ chọn
bulk-reject-confirm = Từ chối các bình luận đã chọn
bulk-nothing-selected = Bạn chưa chọn bình luận nào.
bulk-note-too-long = Ghi chú dài quá { $max } ký tự.
bulk-not-begun = Chưa bình luận nào được quyết định. Xin quay lại danh sách; các ô đã đánh dấu vẫn còn nếu bạn dùng nút quay lại của trình duyệt.
bulk-number = Lượt số { $id }
bulk-approve = Duyệt { $count } bình luận
bulk-reject = Từ chối { $count } bình luận
bulk-spam = Đánh dấu spam { $count } bình luận
bulk-reopen = Mở lại { $count } bình luận
bulk-undo-many = Hoàn tác { $count } quyết định
bulk-done = Đã quyết định { $count } bình luận.
bulk-under-way = Đang làm: { $count } trên { $total }.
bulk-skipped = Bỏ qua { $count } bình luận vừa có người khác quyết định.
bulk-undo = Hoàn tác cả lượt
bulk-undone = Đã hoàn tác

## Các bàn khác
claim-by = { $name } đang xem
live-new = { $count } bình luận mới
live-changed = Có thay đổi ở bàn khác; bấm để xem danh sách mới nhất
live-ended = Phiên làm việc đã hết. Xin tải lại trang để đăng nhập.

## Phím tắt
keys-title = Phím tắt
keys-move = bình luận sau, bình luận trước
keys-approve = duyệt
keys-edit = sửa & duyệt; ở trang bình luận: vào ô sửa
keys-reject = từ chối, rồi số của lý do
keys-return = nhờ bạn đọc sửa, rồi số của lý do
keys-spam = spam
keys-restore = thêm dấu; 1…4 chọn chữ khác ở chỗ chưa chắc
keys-hide = che thông tin cá nhân
keys-undo = hoàn tác
keys-reopen = mở lại
keys-select = chọn, chọn đến đây; khi đã chọn, a d s o quyết định cho tất cả
keys-search = tìm
keys-lanes = sang trang: chờ duyệt, đã duyệt, từ chối, spam, gửi lại, đã rút, hết hạn, vừa quyết định
keys-views = sang ngăn của hàng chờ: thiếu dấu, nghi spam, giữ theo quy tắc, trả lời tòa soạn, chờ lâu, sắp hết hạn
keys-on = Dùng phím tắt trên máy này
keys-leave = ra khỏi ô đang gõ
keys-help = bảng này
keys-close = Đóng
