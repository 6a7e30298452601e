package cloud.wuye.platform.observe;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ObserveTest {
    @Test
    void liveReadyAndStartedAnswer() {
        for (String probe : new String[] {"live", "ready", "started"}) {
            given().get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
        }
    }

    @Test
    void readinessNamesTheDatabase() {
        given().get("/q/health/ready").then().body("checks.name", hasItem(containsString("PostgreSQL")));
    }

    @Test
    void metricsSpeakToAnOperator() {
        given().get("/q/metrics").then().statusCode(200).body(containsString("wuye_outbox_age_seconds"));
    }
}
