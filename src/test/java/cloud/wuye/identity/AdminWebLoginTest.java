package cloud.wuye.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookies;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The admin web's log-in as a browser does it: authorization code with a proof key, against a real Keycloak. */
@QuarkusTest
@Tag("keycloak")
@WithTestResource(RealKeycloak.class)
class AdminWebLoginTest {
    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123456789";
    private static final String PAGE = RealKeycloak.ADMIN_WEB + "t/company/";

    private static Company company;

    @BeforeEach
    void aboard() {
        Gate.open();
        if (company == null) {
            company = Company.aboard();
        }
    }

    @Test
    void aManagerLogsInWithTheProofKey() {
        String code = logIn();
        Response answer = trade(code, VERIFIER);
        answer.then().statusCode(200).header("Access-Control-Allow-Origin", equalTo("http://localhost:5173"));
        Ask.me(answer.path("access_token")).statusCode(200).body("data.me.company.code", equalTo(company.code()));
    }

    @Test
    void aStolenCodeIsWorthNothingWithoutTheKey() {
        trade(logIn(), "another-verifier-of-at-least-forty-three-characters-01")
                .then()
                .statusCode(400);
    }

    @Test
    void withoutAProofKeyThereIsNoLogIn() {
        Response refused = start().get(authorize());
        assertTrue(refused.statusCode() == 302 || refused.statusCode() == 400);
        assertFalse(String.valueOf(refused.getHeader("Location")).contains("?code="));
        assertFalse(FORM.matcher(refused.asString()).find() && refused.statusCode() == 200);
    }

    @Test
    void nobodyIsSentBackToAForeignPage() {
        Response refused = withProof(given().redirects()
                        .follow(false)
                        .queryParam("client_id", "wuye-admin")
                        .queryParam("response_type", "code")
                        .queryParam("scope", "openid")
                        .queryParam("redirect_uri", "https://evil.example/"))
                .get(authorize());
        assertEquals(400, refused.statusCode());
    }

    private static String logIn() {
        Response page = withProof(start()).get(authorize());
        assertEquals(200, page.statusCode());
        Matcher form = FORM.matcher(page.asString());
        assertTrue(form.find());
        Cookies cookies = page.detailedCookies();
        Response back = given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .header("Cookie", header(cookies))
                .contentType("application/x-www-form-urlencoded")
                .body("username=" + Company.MANAGER + "&password=" + Company.PASSWORD)
                .post(form.group(1).replace("&amp;", "&"));
        assertEquals(302, back.statusCode(), back.asString());
        Matcher code = CODE.matcher(back.getHeader("Location"));
        assertTrue(code.find(), back.getHeader("Location"));
        assertTrue(back.getHeader("Location").startsWith(PAGE));
        return code.group(1);
    }

    private static Response trade(String code, String verifier) {
        return given().header("Origin", "http://localhost:5173")
                .formParam("grant_type", "authorization_code")
                .formParam("client_id", "wuye-admin")
                .formParam("redirect_uri", PAGE)
                .formParam("code", code)
                .formParam("code_verifier", verifier)
                .post(KeycloakProbe.token(company.code()));
    }

    private static RequestSpecification start() {
        return given().redirects()
                .follow(false)
                .queryParam("client_id", "wuye-admin")
                .queryParam("response_type", "code")
                .queryParam("scope", "openid")
                .queryParam("redirect_uri", PAGE);
    }

    private static RequestSpecification withProof(RequestSpecification request) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return request.queryParam("code_challenge_method", "S256")
                    .queryParam(
                            "code_challenge",
                            Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a browser sends them; the client library would keep "secure" ones back on http. */
    private static String header(Cookies cookies) {
        StringBuilder header = new StringBuilder();
        cookies.forEach(cookie -> header.append(cookie.getName())
                .append('=')
                .append(cookie.getValue())
                .append("; "));
        return header.toString();
    }

    private static String authorize() {
        return RealKeycloak.url() + "/realms/" + company.code() + "/protocol/openid-connect/auth";
    }
}
