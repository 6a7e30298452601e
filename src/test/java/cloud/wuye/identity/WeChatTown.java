package cloud.wuye.identity;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.nullValue;

import cloud.wuye.platform.Ids;
import cloud.wuye.testing.SimulatedPayments;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Map;

/**
 * A company aboard a real Keycloak with a mini-program at the simulated WeChat.
 *
 * @param company the company
 * @param weChat its app there
 */
record WeChatTown(Company company, SimulatedPayments weChat) {
    private static final String REGISTER =
            """
            mutation($u: String!) { registerResident(input: {name: $u, kind: MEMBER}, username: $u) { resident { id } } }""";
    private static final String LINK = "mutation($c: String!) { linkMyWeChat(code: $c, replace: true) { id } }";

    /** Who lives there. */
    record Somebody(String id, String username, String openId) {}

    static WeChatTown founded() {
        WeChatTown town = new WeChatTown(Company.aboard(), SimulatedPayments.fresh());
        town.weChat.openAppFor(town.company.manager());
        return town;
    }

    String code() {
        return company.code();
    }

    /** Somebody with a log-in of staff's making, and not linked. */
    Somebody stranger() {
        String username = "u" + Ids.next().toString().substring(24);
        String id = Ask.graphql(company.manager(), REGISTER, Map.of("u", username))
                .body("errors", nullValue())
                .extract()
                .path("data.registerResident.resident.id");
        KeycloakProbe.settlePassword(company.code(), username, Company.PASSWORD);
        return new Somebody(id, username, "o-" + username);
    }

    /** Somebody who has linked their WeChat. */
    Somebody resident() {
        Somebody somebody = stranger();
        link(somebody, somebody.openId).body("errors", nullValue());
        return somebody;
    }

    ValidatableResponse link(Somebody somebody, String openId) {
        return Ask.graphql(company.token(somebody.username), LINK, Map.of("c", weChat.login(openId)));
    }

    ValidatableResponse asManager(String document, Map<String, Object> variables) {
        return Ask.graphql(company.manager(), document, variables);
    }

    /** The mini-program of somebody logs in. */
    ValidatableResponse logIn(String openId) {
        return knock(company.code(), weChat.login(openId));
    }

    /** The token that it gets. */
    String token(Somebody somebody) {
        return logIn(somebody.openId).statusCode(200).extract().path("accessToken");
    }

    static ValidatableResponse knock(String company, String code) {
        return given().contentType(ContentType.JSON)
                .header("Accept-Language", "en")
                .body(Map.of("company", company, "code", code))
                .post("/api/login/wechat")
                .then();
    }
}
