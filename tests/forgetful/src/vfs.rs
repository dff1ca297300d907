//! The VFS: everything is the system's, and what changes a file is noted.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr;
use std::sync::{Mutex, Once, PoisonError};

use rusqlite::ffi;

/// Something that happened to a file.
#[derive(Debug, Clone)]
pub enum Step {
    /// Bytes were written at an offset.
    Write(String, u64, Vec<u8>),
    /// It was cut or grown to this length.
    Resize(String, u64),
    /// What was written before is on disk from now on, whatever happens.
    Sync(String),
    /// It was removed; so is its name on disk, if the folder was synced with it.
    Remove(String, bool),
}

static STEPS: Mutex<Vec<Step>> = Mutex::new(Vec::new());

fn note(step: Step) {
    STEPS.lock().unwrap_or_else(PoisonError::into_inner).push(step);
}

/// The number of steps so far: whatever is on disk by now is so because of these.
#[must_use]
pub fn moment() -> usize {
    STEPS.lock().unwrap_or_else(PoisonError::into_inner).len()
}

/// Every step so far.
#[must_use]
pub fn steps() -> Vec<Step> {
    STEPS.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Begins anew with no steps.
pub fn disregard() {
    STEPS.lock().unwrap_or_else(PoisonError::into_inner).clear();
}

/// An open file: SQLite sees its beginning, the system's own file lies right behind it.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    path: *mut String,
}

/// The system's own file behind ours.
unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    unsafe { file.cast::<File>().add(1).cast() }
}

/// The system's own methods, one of which is called with our arguments.
macro_rules! of_system {
    ($file:ident . $method:ident ( $($argument:expr),* )) => {{
        let file = unsafe { real($file) };
        match unsafe { (*(*file).pMethods).$method } {
            Some(method) => unsafe { method(file, $($argument),*) },
            None => ffi::SQLITE_IOERR,
        }
    }};
}

/// Notes a step if the method before it succeeded; files without a name are nobody's to miss.
fn noted(file: *mut ffi::sqlite3_file, done: c_int, step: impl FnOnce(String) -> Step) -> c_int {
    let path = unsafe { (*file.cast::<File>()).path.as_ref() };
    if let (ffi::SQLITE_OK, Some(path)) = (done, path) {
        note(step(path.clone()));
    }
    done
}

type FilePointer = *mut ffi::sqlite3_file;

unsafe extern "C" fn close(file: FilePointer) -> c_int {
    let path = unsafe { (*file.cast::<File>()).path };
    if !path.is_null() {
        drop(unsafe { Box::from_raw(path) });
    }
    of_system!(file.xClose())
}

unsafe extern "C" fn read(file: FilePointer, to: *mut c_void, n: c_int, at: i64) -> c_int {
    of_system!(file.xRead(to, n, at))
}

unsafe extern "C" fn write(file: FilePointer, from: *const c_void, n: c_int, at: i64) -> c_int {
    let done = of_system!(file.xWrite(from, n, at));
    let bytes = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), n as usize) };
    noted(file, done, |path| Step::Write(path, at as u64, bytes.to_vec()))
}

unsafe extern "C" fn truncate(file: FilePointer, to: i64) -> c_int {
    let done = of_system!(file.xTruncate(to));
    noted(file, done, |path| Step::Resize(path, to as u64))
}

unsafe extern "C" fn sync(file: FilePointer, flags: c_int) -> c_int {
    let done = of_system!(file.xSync(flags));
    noted(file, done, Step::Sync)
}

unsafe extern "C" fn file_size(file: FilePointer, size: *mut i64) -> c_int {
    of_system!(file.xFileSize(size))
}

unsafe extern "C" fn lock(file: FilePointer, kind: c_int) -> c_int {
    of_system!(file.xLock(kind))
}

unsafe extern "C" fn unlock(file: FilePointer, kind: c_int) -> c_int {
    of_system!(file.xUnlock(kind))
}

unsafe extern "C" fn check_reserved_lock(file: FilePointer, found: *mut c_int) -> c_int {
    of_system!(file.xCheckReservedLock(found))
}

unsafe extern "C" fn file_control(file: FilePointer, what: c_int, with: *mut c_void) -> c_int {
    of_system!(file.xFileControl(what, with))
}

unsafe extern "C" fn sector_size(file: FilePointer) -> c_int {
    of_system!(file.xSectorSize())
}

unsafe extern "C" fn characteristics(file: FilePointer) -> c_int {
    of_system!(file.xDeviceCharacteristics())
}

unsafe extern "C" fn shm_map(
    file: FilePointer,
    region: c_int,
    size: c_int,
    extend: c_int,
    to: *mut *mut c_void,
) -> c_int {
    of_system!(file.xShmMap(region, size, extend, to))
}

unsafe extern "C" fn shm_lock(file: FilePointer, at: c_int, n: c_int, flags: c_int) -> c_int {
    of_system!(file.xShmLock(at, n, flags))
}

unsafe extern "C" fn shm_barrier(file: FilePointer) {
    let file = unsafe { real(file) };
    if let Some(barrier) = unsafe { (*(*file).pMethods).xShmBarrier } {
        unsafe { barrier(file) };
    }
}

unsafe extern "C" fn shm_unmap(file: FilePointer, delete: c_int) -> c_int {
    of_system!(file.xShmUnmap(delete))
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

unsafe fn text(path: *const c_char) -> String {
    unsafe { CStr::from_ptr(path) }.to_string_lossy().into_owned()
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    path: *const c_char,
    file: FilePointer,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    let system = unsafe { (*vfs).pAppData.cast::<ffi::sqlite3_vfs>() };
    let Some(open) = (unsafe { (*system).xOpen }) else {
        return ffi::SQLITE_CANTOPEN;
    };
    let done = unsafe { open(system, path, real(file), flags, out_flags) };
    let ours = file.cast::<File>();
    // SQLite closes a file that has methods, even if opening it failed.
    let opened = unsafe { !(*real(file)).pMethods.is_null() };
    unsafe { (*ours).base.pMethods = if opened { &raw const METHODS } else { ptr::null() } };
    let named = opened && !path.is_null();
    let kept = if named { Box::into_raw(Box::new(unsafe { text(path) })) } else { ptr::null_mut() };
    unsafe { (*ours).path = kept };
    done
}

unsafe extern "C" fn delete(
    vfs: *mut ffi::sqlite3_vfs,
    path: *const c_char,
    sync_folder: c_int,
) -> c_int {
    let system = unsafe { (*vfs).pAppData.cast::<ffi::sqlite3_vfs>() };
    let Some(delete) = (unsafe { (*system).xDelete }) else {
        return ffi::SQLITE_IOERR;
    };
    let done = unsafe { delete(system, path, sync_folder) };
    if done == ffi::SQLITE_OK {
        note(Step::Remove(unsafe { text(path) }, sync_folder != 0));
    }
    done
}

/// Makes every file that this process opens by SQLite from now on one whose changes are noted. The
/// system's own VFS can still be had by its name, `unix`.
///
/// # Panics
/// If SQLite takes no other VFS.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let system = unsafe { ffi::sqlite3_vfs_find(ptr::null()) };
        assert!(!system.is_null(), "SQLite has a VFS");
        let mut ours = unsafe { *system };
        ours.szOsFile += size_of::<File>() as c_int;
        ours.pNext = ptr::null_mut();
        ours.zName = c"forgetful".as_ptr();
        ours.pAppData = system.cast();
        ours.xOpen = Some(open);
        ours.xDelete = Some(delete);
        let ours = Box::leak(Box::new(ours));
        let done = unsafe { ffi::sqlite3_vfs_register(ours, 1) };
        assert_eq!(done, ffi::SQLITE_OK, "SQLite takes the VFS");
    });
}
