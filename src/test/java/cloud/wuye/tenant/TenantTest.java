package cloud.wuye.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TenantTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    private final Tenant fresh = new Tenant(
            UUID.randomUUID(),
            "haitang",
            "海棠物业",
            "http://id.example/realms/haitang",
            URI.create("http://id.example"),
            TenantStatus.ONBOARDING,
            null,
            THEN,
            ZoneId.of("Asia/Shanghai"),
            THEN);

    @Test
    void onlyAnActiveCompanyIsLetIn() {
        assertFalse(fresh.active());
        assertTrue(fresh.activated(NOW).active());
        assertFalse(fresh.activated(NOW).suspended("unpaid", NOW).active());
        assertTrue(fresh.activated(NOW)
                .suspended("unpaid", NOW)
                .resumed("paid", NOW)
                .active());
    }

    @Test
    void aStepRepeatedChangesNothing() {
        Tenant active = fresh.activated(NOW);
        assertSame(active, active.activated(NOW.plusSeconds(1)));
        assertSame(active, active.resumed("again", NOW.plusSeconds(1)));
        Tenant suspended = active.suspended("unpaid", NOW);
        assertSame(suspended, suspended.suspended("other reason", NOW.plusSeconds(1)));
        assertEquals("unpaid", suspended.statusReason());
        assertEquals(NOW, suspended.statusSince());
    }

    @Test
    void aCompanyNotYetAboardIsNeitherSuspendedNorResumed() {
        assertIllegal(() -> fresh.suspended("unpaid", NOW));
        assertIllegal(() -> fresh.resumed("paid", NOW));
    }

    @Test
    void aSuspendedCompanyIsNotActivatedByOnboardingItAgain() {
        Tenant suspended = fresh.activated(NOW).suspended("unpaid", NOW);
        assertIllegal(() -> suspended.activated(NOW));
    }

    private static void assertIllegal(Runnable transition) {
        assertEquals(
                ProblemCode.ILLEGAL_STATE,
                assertThrows(Problem.class, transition::run).code());
    }
}
