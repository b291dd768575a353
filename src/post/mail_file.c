/* Mail files.  See mail_file.h. */
#include "post/mail_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { READ_MAX = 1 << 20 };

static const char *
path_of_letter(struct arena *arena, const char *data_dir, int64_t id)
{
	return text_fmt(arena, "%s/mail/%" PRId64 ".eml", data_dir, id);
}

static bool
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

Err
mail_file_write(struct arena *arena, const char *data_dir, int64_t id,
    const char *message)
{
	const char *dir = text_fmt(arena, "%s/mail", data_dir);
	const char *path = path_of_letter(arena, data_dir, id);
	const char *fresh = text_fmt(arena, "%s.new", path);
	CLEANUP(fd_close) int fd = -1;

	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return err_make(arena, ERR_FAILED, "mail directory: %s",
		    strerror(errno));
	fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (fd < 0 || !write_all(fd, message, strlen(message)) ||
	    !file_publish(arena, fresh, path))
		return err_make(arena, ERR_FAILED, "mail file: %s",
		    strerror(errno));
	return OK;
}

bool
mail_file_exists(struct arena *arena, const char *data_dir, int64_t id)
{
	return access(path_of_letter(arena, data_dir, id), R_OK) == 0;
}

const char *
mail_file_read(struct arena *arena, const char *data_dir, int64_t id)
{
	CLEANUP(fd_close) int fd = open(path_of_letter(arena, data_dir, id),
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct buf b = buf_make(arena);
	char part[8192];
	ssize_t n = 0;

	if (fd < 0)
		return NULL;
	while (b.len < READ_MAX && (n = read(fd, part, sizeof part)) > 0)
		buf_add(&b, part, (size_t)n);
	return n < 0 ? NULL : buf_get(&b);
}

static bool
is_old_letter(DIR *dir, const char *name, struct instant before)
{
	const char *suffix = strrchr(name, '.');
	struct stat st;

	return suffix != NULL && text_same(suffix, ".eml") &&
	    fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    st.st_mtim.tv_sec < before.us / SECONDS(1);
}

int64_t
mail_file_forget(struct arena *arena, const char *data_dir,
    struct instant before)
{
	DIR *dir = opendir(text_fmt(arena, "%s/mail", data_dir));
	const struct dirent *entry;
	int64_t n = 0;

	if (dir == NULL)
		return 0;       /* no letter was ever written to a file */
	while ((entry = readdir(dir)) != NULL) {
		if (is_old_letter(dir, entry->d_name, before) &&
		    unlinkat(dirfd(dir), entry->d_name, 0) == 0)
			n++;
	}
	closedir(dir);
	return n;
}
