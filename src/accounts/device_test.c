#include "accounts/device.h"

#include "base/test.h"

#define MOZILLA "Mozilla/5.0 "
#define WEBKIT " AppleWebKit/605.1.15 (KHTML, like Gecko) "
#define CHROMIUM " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
#define PHONE "(Linux; Android 10; K)"
#define IPHONE "(iPhone; CPU iPhone OS 18_1 like Mac OS X)"
#define WINDOWS "(Windows NT 10.0; Win64; x64)"

TEST(a_browser_is_called_what_people_call_it)
{
	const struct {
		const char *agent, *browser, *system, *why;
	} cases[] = {
		{ MOZILLA PHONE CHROMIUM "Mobile Safari/537.36", "Chrome",
		  "Android", "names Safari too" },
		{ MOZILLA IPHONE WEBKIT "Version/18.1 Mobile/15E148 "
		  "Safari/604.1", "Safari", "iPhone", "names Mac OS X too" },
		{ MOZILLA IPHONE WEBKIT "CriOS/131.0.0.0 Mobile/15E148 "
		  "Safari/604.1", "Chrome", "iPhone", "by another name" },
		{ MOZILLA IPHONE WEBKIT "FxiOS/133.0 Mobile/15E148 "
		  "Safari/605.1.15", "Firefox", "iPhone",
		  "by another name" },
		{ MOZILLA WINDOWS CHROMIUM "Safari/537.36 Edg/131.0.0.0",
		  "Edge", "Windows", "names Chrome and Safari" },
		{ MOZILLA WINDOWS CHROMIUM "Safari/537.36 OPR/115.0.0.0",
		  "Opera", "Windows", "names Chrome and Safari" },
		{ MOZILLA PHONE CHROMIUM "SamsungBrowser/27.0 Mobile "
		  "Safari/537.36", "Samsung Internet", "Android",
		  "names Chrome and Safari" },
		{ MOZILLA "(X11; Linux x86_64; rv:133.0) Gecko/20100101 "
		  "Firefox/133.0", "Firefox", "Linux", "plain" },
		{ MOZILLA "(Macintosh; Intel Mac OS X 10_15_7)" WEBKIT
		  "Version/18.1 Safari/605.1.15", "Safari", "Mac", "plain" },
		{ MOZILLA "(X11; CrOS x86_64 14541.0.0)" CHROMIUM
		  "Safari/537.36", "Chrome", "ChromeOS", "plain" },
		{ "curl/8.5.0", "", "", "a program" },
		{ "", "", "", "nothing was said" },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct device_name d = device_name(cases[i].agent);

		EXPECT_TEXT_WHY(d.browser == NULL ? "" : d.browser,
		    cases[i].browser, cases[i].why);
		EXPECT_TEXT_WHY(d.system == NULL ? "" : d.system,
		    cases[i].system, cases[i].why);
	}
}
