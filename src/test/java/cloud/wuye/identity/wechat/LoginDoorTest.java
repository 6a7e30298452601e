package cloud.wuye.identity.wechat;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log-in door where nobody can come in yet, and for who knocks too often. */
@QuarkusTest
class LoginDoorTest {
    private static final JsonObject KNOCK =
            new JsonObject().put("company", "haitang").put("code", "code");

    @Inject
    Vertx vertx;

    @Inject
    WeChatAppConfig config;

    @TestHTTPResource("/api/login/wechat")
    URI door;

    private WebClient client;

    /** Whoever else knocks in these tests comes from another. */
    private void from(String address) {
        client = WebClient.create(vertx, new WebClientOptions().setLocalAddress(address));
    }

    @AfterEach
    void goAway() {
        client.close();
    }

    @Test
    void withoutAnAddressForKeycloakItSaysWhatIsMissing() {
        from("127.0.0.76");
        HttpResponse<Buffer> answer = knock(KNOCK, "en");
        assertEquals(503, answer.statusCode());
        assertEquals("SETTING_MISSING", answer.bodyAsJsonObject().getString("code"));
        assertTrue(answer.bodyAsString().contains("wuye.identity.keycloak.service-url"), answer.bodyAsString());
    }

    @Test
    void whoKnocksTooOftenWaitsAMinute() {
        from("127.0.0.77");
        int most = config.login().perAddress();
        List<HttpResponse<Buffer>> answers = untilRefused("en", 3 * most);
        assertTrue(answers.size() >= most, "heard " + (answers.size() - 1));
        HttpResponse<Buffer> answer = answers.get(answers.size() - 1);
        assertEquals(429, answer.statusCode());
        assertNotNull(answer.getHeader("Retry-After"));
        assertEquals("Too many requests", answer.bodyAsJsonObject().getString("message"));
        answers = untilRefused("zh", most + 1);
        assertEquals(
                "请求过于频繁", answers.get(answers.size() - 1).bodyAsJsonObject().getString("message"));
        assertTrue(given().get("/q/metrics")
                .asString()
                .contains("wuye_identity_wechat_logins_total{result=\"too_many_requests\"}"));
        goAway();
        from("127.0.0.78");
        assertEquals(400, knock(new JsonObject(), "en").statusCode(), "nobody else suffers for it");
    }

    /** What is answered until one is not heard, so many at most: a minute may end meanwhile, and all are heard again. */
    private List<HttpResponse<Buffer>> untilRefused(String language, int atMost) {
        List<HttpResponse<Buffer>> answers = new ArrayList<>();
        do {
            answers.add(knock(new JsonObject(), language));
        } while (answers.get(answers.size() - 1).statusCode() == 400 && answers.size() <= atMost);
        return answers;
    }

    private HttpResponse<Buffer> knock(JsonObject body, String language) {
        return client.postAbs(door.toString())
                .putHeader("Accept-Language", language)
                .sendJsonObject(body)
                .await()
                .indefinitely();
    }
}
