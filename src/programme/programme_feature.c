/* Programme: its pages, and who may see them. */
#include "accounts/accounts.h"
#include "programme/settings.h"

static const struct route routes[] = {
	{ GET, "/:programme/settings", MAY_SEE_SETTINGS, settings_show,
	  "The settings of the programme." },
	{ POST, "/:programme/settings", MAY_SETTLE_PROGRAMME, settings_save,
	  "Change them; a newer version shows both texts." },
	{ GET, "/:programme/settings/quiet", MAY_SEE_SETTINGS, quiet_show,
	  "The weeks in which nobody works." },
	{ POST, "/:programme/settings/quiet", MAY_SETTLE_PROGRAMME, quiet_add,
	  "Add quiet days." },
	{ POST, "/:programme/settings/quiet/:id/remove", MAY_SETTLE_PROGRAMME,
	  quiet_drop, "Remove quiet days." },
	{ GET, "/:programme/settings/topics", MAY_SEE_SETTINGS, topics_show,
	  "The topics of the public form." },
	{ POST, "/:programme/settings/topics", MAY_SETTLE_PROGRAMME,
	  topics_add, "Add a topic." },
	{ GET, "/:programme/settings/topics/:topic", MAY_SETTLE_PROGRAMME,
	  topic_show, "The names of one topic." },
	{ POST, "/:programme/settings/topics/:topic", MAY_SETTLE_PROGRAMME,
	  topic_rename, "Rename a topic." },
	{ POST, "/:programme/settings/topics/:topic/move/:way",
	  MAY_SETTLE_PROGRAMME, topic_move,
	  "Move a topic up or down on the form." },
	{ POST, "/:programme/settings/topics/:topic/retire/:answer",
	  MAY_SETTLE_PROGRAMME, topic_retire,
	  "Take a topic from the form, or put it back." },
	{ GET, "/:programme/mail", MAY_SEE_MAIL, mail_show,
	  "Mail that waits to leave." },
	{ GET, "/:programme/mail/:box", MAY_SEE_MAIL, mail_show,
	  "Mail that was sent, or could not be delivered." },
	{ GET, "/:programme/mail/:letter/read", MAY_READ_MAIL, mail_read_one,
	  "A mail that lies in a file, without a mail server.",
	  .flags = ROUTE_READ_LOGGED },
	{ POST, "/:programme/mail/:letter/undo", MAY_SEE_MAIL, mail_undo,
	  "Take a mail back before it leaves." },
	{ POST, "/:programme/mail/:letter/again", MAY_SEE_MAIL,
	  mail_try_again, "Send a mail again that failed." },
	{ POST, "/:programme/mail/:letter/done", MAY_SEE_MAIL, mail_drop,
	  "Take a mail that failed from the list." },
};

static const struct menu menu[] = {
	{ "/:programme/mail", N_("Mail"), 80 },
	{ "/:programme/settings", N_("Settings"), 90 },
};

static const struct person_column person_columns[] = {
	{ "programme", "phone", N_("to help by phone"), "6(1)(f)",
	  "programme" },
	{ "programme", "email", N_("to get the answers to mails"), "6(1)(f)",
	  "programme" },
};

const struct feature programme_feature = {
	.name = "programme",
	.routes = routes, .nroutes = LEN(routes),
	.menu = menu, .nmenu = LEN(menu),
	.person_columns = person_columns,
	.nperson_columns = LEN(person_columns),
};
