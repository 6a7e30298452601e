package cloud.wuye.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.Ids;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An invitation by e-mail, from the mutation over a real Keycloak and a real mail server to the first log-in. */
@QuarkusTest
@Tag("keycloak")
@WithTestResource(RealKeycloak.class)
class InviteByMailTest {
    private static final String INVITE =
            "mutation($input: InviteStaffInput!) { inviteStaff(input: $input) { temporaryPassword staff { status } } }";
    private static final Pattern LINK = Pattern.compile("(http://\\S+/login-actions/action-token\\S+)");
    private static final Pattern HREF = Pattern.compile("href=\"([^\"]*action-token[^\"]*)\"");
    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
    private static final String CHOSEN = "Chosen-by-herself-26";

    private static Company company;

    private final String username = "m" + Ids.next().toString().substring(24);
    private final String address = username + "@wuye.example";

    @BeforeEach
    void aboard() {
        Gate.open();
        if (company == null) {
            company = Company.aboard();
        }
    }

    @Test
    void theMailsLinkSetsAPasswordThatLogsIn() {
        invite().body("errors", nullValue())
                .body("data.inviteStaff.temporaryPassword", nullValue())
                .body("data.inviteStaff.staff.status", equalTo("ACTIVE"));
        MailBox.Letter letter = onlyLetter();
        assertTrue(letter.from().contains("no-reply@wuye.example"), letter.from());
        String link = link(letter);
        assertTrue(link.startsWith(RealKeycloak.url().toString()), "where browsers find it: " + link);

        Browser browser = new Browser();
        String page = browser.get(link);
        Matcher onward = HREF.matcher(page);
        if (onward.find()) {
            page = browser.get(unescaped(onward.group(1)));
        }
        Matcher form = FORM.matcher(page);
        assertTrue(form.find() && page.contains("password-new"), page);
        String done =
                browser.post(unescaped(form.group(1)), Map.of("password-new", CHOSEN, "password-confirm", CHOSEN));
        assertTrue(done.contains(RealKeycloak.ADMIN_WEB), "the admin web is one click away: " + done);

        Ask.me(KeycloakProbe.tokens(company.code(), username, CHOSEN).getString("access_token"))
                .body("data.me.username", equalTo(username))
                .body("data.me.roles", contains("technician"));
        assertFalse(new Browser().get(link).contains("password-new"), "a link is good once");
    }

    @Test
    void whoHasNoAddressGetsAPasswordShownOnce() {
        Ask.graphql(company.manager(), INVITE, Map.of("input", person(null)))
                .body("data.inviteStaff.temporaryPassword", notNullValue());
    }

    /** A server set up by hand is kept, and one that is away leaves an invitation that can be sent again. */
    @Test
    void aMailServerThatIsAwayLosesNobody() {
        KeycloakProbe.setMailServer(
                company.code(), Map.of("host", "127.0.0.1", "port", "1", "from", "hand@wuye.example"));
        try {
            invite().body("errors[0].extensions.code", equalTo("IDENTITY_UNAVAILABLE"));
            assertEquals("1", KeycloakProbe.realm(company.code()).getString("smtpServer.port"));
            assertEquals(List.of(), MailBox.to(address));
        } finally {
            KeycloakProbe.setMailServer(company.code(), Map.of());
        }
        // Now as a realm made before there was a mail server: it gets ours.
        invite().body("errors", nullValue()).body("data.inviteStaff.staff.status", equalTo("ACTIVE"));
        assertTrue(onlyLetter().text().contains("action-token"));
    }

    private ValidatableResponse invite() {
        return Ask.graphql(company.manager(), INVITE, Map.of("input", person(address)));
    }

    private Map<String, Object> person(String email) {
        Map<String, Object> person =
                new HashMap<>(Map.of("username", username, "name", "赵师傅", "roles", List.of("TECHNICIAN")));
        person.put("email", email);
        return person;
    }

    private MailBox.Letter onlyLetter() {
        List<MailBox.Letter> letters = MailBox.to(address);
        assertEquals(1, letters.size(), letters.toString());
        return letters.get(0);
    }

    private static String link(MailBox.Letter letter) {
        Matcher found = LINK.matcher(letter.text());
        assertTrue(found.find(), letter.text());
        return found.group(1);
    }

    private static String unescaped(String html) {
        return html.replace("&amp;", "&");
    }

    /** Follows and keeps cookies as a browser does; the client library would keep "secure" ones back on http. */
    private static final class Browser {
        private final Map<String, String> cookies = new HashMap<>();

        String get(String url) {
            return follow(sent().get(url), url);
        }

        String post(String url, Map<String, String> fields) {
            return follow(
                    sent().contentType("application/x-www-form-urlencoded; charset=utf-8")
                            .formParams(fields)
                            .post(url),
                    url);
        }

        private io.restassured.specification.RequestSpecification sent() {
            StringBuilder header = new StringBuilder();
            cookies.forEach((name, value) ->
                    header.append(name).append('=').append(value).append("; "));
            return given().urlEncodingEnabled(false).redirects().follow(false).header("Cookie", header.toString());
        }

        private String follow(Response answer, String from) {
            answer.detailedCookies().forEach(cookie -> cookies.put(cookie.getName(), cookie.getValue()));
            String next = answer.getHeader("Location");
            return next == null
                    ? answer.asString()
                    : get(URI.create(from).resolve(next).toString());
        }
    }
}
