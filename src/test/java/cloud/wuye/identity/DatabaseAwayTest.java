package cloud.wuye.identity;

import static org.hamcrest.Matchers.equalTo;

import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestIssuer;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tokens while the database is away. */
@QuarkusTest
class DatabaseAwayTest {
    @Test
    void whoeverWasKnownStaysKnownAndStrangersAreAskedToComeAgain() {
        TestTenant company = TestTenants.fresh();
        Ask.me(company.manager()).statusCode(200);
        KitServers kit = KitServers.shared();
        kit.stopPostgres();
        try {
            // Older than the registry trusts without asking.
            Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            Ask.me(company.manager()).statusCode(200).body("data.me.company.code", equalTo(company.code()));
            Ask.me(TestIssuer.token("nobody-yet", "lin", Roles.MANAGER))
                    .statusCode(503)
                    .header("Retry-After", equalTo("5"));
        } finally {
            kit.startPostgres();
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> Ask.me(
                        TestIssuer.token("nobody-yet", "lin", Roles.MANAGER))
                .statusCode(401));
        Ask.me(company.manager()).statusCode(200);
    }
}
