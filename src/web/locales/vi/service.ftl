### Có Dấu, tiếng Việt: trang chủ, đăng nhập, thời gian.
### Không in đậm, không HTML; tham số là chữ thường ({ $name }).

## Chung
product = Có Dấu
product-what = Bàn biên tập bình luận cho báo Việt
skip-to-content = Đến nội dung chính
back-to-article = Về bài báo
request-id = Mã yêu cầu: { $id }
optional = không bắt buộc

## Thời gian
lapse-minutes = { $count } phút
lapse-hours = { $count } giờ
lapse-days = { $count } ngày
age-now = vừa xong
age-minutes = { $count } phút trước
age-hours = { $count } giờ trước
age-days = { $count } ngày trước

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
