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
        // A minute may end meanwhile.
        HttpResponse<Buffer> answer = knock(new JsonObject(), "en");
        int heard = 0;
        while (answer.statusCode() == 400 && heard < 3 * most) {
            heard++;
            answer = knock(new JsonObject(), "en");
        }
        assertTrue(heard >= most - 1, "heard " + heard);
        assertEquals(429, answer.statusCode());
        assertNotNull(answer.getHeader("Retry-After"));
        assertEquals("Too many requests", answer.bodyAsJsonObject().getString("message"));
        assertEquals("请求过于频繁", knock(KNOCK, "zh").bodyAsJsonObject().getString("message"));
        assertTrue(given().get("/q/metrics")
                .asString()
                .contains("wuye_identity_wechat_logins_total{result=\"too_many_requests\"}"));
        goAway();
        from("127.0.0.78");
        assertEquals(400, knock(new JsonObject(), "en").statusCode(), "nobody else suffers for it");
    }

    private HttpResponse<Buffer> knock(JsonObject body, String language) {
        return client.postAbs(door.toString())
                .putHeader("Accept-Language", language)
                .sendJsonObject(body)
                .await()
                .indefinitely();
    }
}
