package cloud.wuye.schedule;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenants;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Quartz rings the bells, on its tables, and what they start is noted. */
@QuarkusTest
@TestProfile(TickersTest.Ticking.class)
class TickersTest {
    private static final Set<String> JOBS = Set.of(
            "command-deadlines",
            "switch-reconciliation",
            "power-schedules",
            "reading-schedules",
            "offline-sweep",
            "retention");

    /** All tickers once a second. */
    public static class Ticking implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            // Retention is rung for by the bell that it shares.
            return Stream.concat(JOBS.stream(), Stream.of("upkeep"))
                    .collect(Collectors.toMap(job -> "wuye.jobs." + job, job -> "1s"));
        }
    }

    @Inject
    JobRuns runs;

    @Inject
    @DataSource("owner")
    AgroalDataSource owner;

    @Test
    void everyJobRunsAndTheOperatorSeesIt() {
        Graph operator = Graph.as(TestTenants.operator());
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            JsonPath seen = operator.ask("{jobs{job runs error}}");
            return seen.getList("jobs.job").containsAll(JOBS)
                    && seen.<String>getList("jobs.runs").stream().allMatch(count -> Long.parseLong(count) >= 2);
        });
        List<String> errors = operator.ask("{jobs{error}}").getList("jobs.error");
        assertTrue(errors.stream().allMatch(error -> error == null), errors::toString);
        Graph.as(TestTenants.fresh().manager()).refused("FORBIDDEN", "{jobs{job}}");
    }

    @Test
    void aFailedRunIsNotedAndTheNextOneRuns() throws Throwable {
        subscribeAndAwait(
                () -> runs.run("test-job", () -> Uni.createFrom().failure(new IllegalStateException("broken"))));
        subscribeAndAwait(() -> runs.run("test-job", () -> Uni.createFrom().item(7)));
        JobRun run = subscribeAndAwait(runs::all).stream()
                .filter(each -> each.job().equals("test-job"))
                .findFirst()
                .orElseThrow();
        assertEquals(2, run.runs());
        assertEquals(1, run.failures());
        assertEquals(7, run.count());
        assertTrue(run.lastError().contains("broken"));
    }

    @Test
    void thereAreFewTriggers() throws SQLException {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement();
                var triggers = statement.executeQuery("SELECT count(*) FROM qrtz_triggers")) {
            assertTrue(triggers.next());
            assertTrue(
                    triggers.getInt(1) >= JOBS.size() && triggers.getInt(1) <= 20, "triggers: " + triggers.getInt(1));
        }
    }
}
