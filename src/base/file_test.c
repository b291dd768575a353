#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/test.h"

struct folder {
	struct arena *arena;
	char path[32];
	const char *draft, *file;
};

static struct folder
folder_make(struct arena *arena)
{
	struct folder f = { arena, "/tmp/file-test-XXXXXX", NULL, NULL };

	EXPECT(mkdtemp(f.path) != NULL);
	f.draft = text_fmt(arena, "%s/note.new", f.path);
	f.file = text_fmt(arena, "%s/note", f.path);
	return f;
}

static void
folder_remove(const struct folder *f)
{
	unlink(f->draft);
	unlink(f->file);
	EXPECT(rmdir(f->path) == 0);
}

static void
write_letter(const char *path, char c)
{
	CLEANUP(fd_close) int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC,
	    0600);

	EXPECT(fd >= 0 && write(fd, &c, 1) == 1);
}

static char
read_letter(const char *path)
{
	CLEANUP(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC);
	char c = '?';

	EXPECT(fd >= 0 && read(fd, &c, 1) == 1);
	return c;
}

TEST(a_published_draft_takes_the_place_of_the_file)
{
	TEST_ARENA(arena);
	struct folder f = folder_make(arena);

	write_letter(f.file, 'a');
	write_letter(f.draft, 'b');
	EXPECT(file_publish(arena, f.draft, f.file));
	EXPECT_INT(read_letter(f.file), 'b');
	EXPECT(access(f.draft, F_OK) != 0);
	folder_remove(&f);
}

TEST(without_a_draft_the_file_stays)
{
	TEST_ARENA(arena);
	struct folder f = folder_make(arena);

	write_letter(f.file, 'a');
	EXPECT(!file_publish(arena, f.draft, f.file));
	EXPECT_INT(errno, ENOENT);
	EXPECT_INT(read_letter(f.file), 'a');
	folder_remove(&f);
}

TEST(a_descriptor_is_closed_at_the_end_of_its_block)
{
	int kept;

	{
		CLEANUP(fd_close) int fd = open("/dev/null",
		    O_RDONLY | O_CLOEXEC);

		kept = fd;
	}
	EXPECT_INT(fcntl(kept, F_GETFD), -1);
}
