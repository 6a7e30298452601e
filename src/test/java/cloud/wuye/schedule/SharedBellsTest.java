package cloud.wuye.schedule;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs that share a trigger stay jobs of their own. */
@QuarkusTest
class SharedBellsTest {
    private static final Config PERIODS = new SmallRyeConfigBuilder()
            .withDefaultValues(Map.of(
                    "wuye.jobs.test-a-fails", "5m",
                    "wuye.jobs.test-b", "5m",
                    "wuye.jobs.test-c", "10m",
                    "wuye.jobs.test-off", "off",
                    "wuye.jobs.test-other", "5m"))
            .withConverter(Duration.class, 200, new DurationConverter())
            .build();

    @Inject
    TestDevices devices;

    @Inject
    JobRuns runs;

    @Inject
    Clock clock;

    @Inject
    Config config;

    @Inject
    @All
    List<SharedJob> all;

    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void asBefore() {
        clock.reset();
        devices.asOwner("DELETE FROM job_run WHERE job LIKE 'test-%'");
    }

    @Test
    void eachRunsInItsOwnPeriodAndNoFailureIsAnothers() throws Throwable {
        Instant start = clock.now();
        clock.set(start);
        ring(Bell.PROOFS);
        assertEquals(List.of("test-a-fails", "test-b", "test-c"), ran);
        ring(Bell.PROOFS);
        assertEquals(3, ran.size(), "none is due again");
        clock.set(start.plus(Duration.ofMinutes(4)));
        ring(Bell.PROOFS);
        assertEquals(3, ran.size(), "none is due yet");
        clock.set(start.plus(Duration.ofMinutes(5)).minusMillis(200));
        ring(Bell.PROOFS);
        assertEquals(
                List.of("test-a-fails", "test-b"), ran.subList(3, ran.size()), "hardly too early is not too early");
        ring(Bell.ACCOUNTS);
        assertEquals("test-other", ran.get(5));
        Map<String, JobRun> noted =
                subscribeAndAwait(runs::all).stream().collect(Collectors.toMap(JobRun::job, Function.identity()));
        assertEquals(2, noted.get("test-a-fails").failures());
        assertEquals(2, noted.get("test-b").runs());
        assertEquals(0, noted.get("test-b").failures());
        assertNull(noted.get("test-off"));
    }

    @Test
    void everyOneHasAPeriod() {
        assertTrue(all.size() >= 10, all::toString);
        for (SharedJob job : all) {
            assertTrue(
                    config.getOptionalValue("wuye.jobs." + job.name(), String.class)
                            .isPresent(),
                    job::name);
        }
    }

    /** A replica that has just come up: what it knows of earlier runs is what is noted. */
    private void ring(Bell bell) throws Throwable {
        List<SharedJob> jobs = List.of(
                job("test-b", Bell.PROOFS),
                job("test-a-fails", Bell.PROOFS),
                job("test-off", Bell.PROOFS),
                job("test-c", Bell.PROOFS),
                job("test-other", Bell.ACCOUNTS));
        SharedBells bells = new SharedBells(runs, clock, jobs, PERIODS);
        subscribeAndAwait(() -> bells.ring(bell));
    }

    private SharedJob job(String name, Bell bell) {
        return new SharedJob(bell, name, () -> ran(name)) {};
    }

    private Uni<Integer> ran(String name) {
        ran.add(name);
        return name.endsWith("fails")
                ? Uni.createFrom().failure(new IllegalStateException("broken"))
                : Uni.createFrom().item(1);
    }
}
