package cloud.wuye.device.supply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.ReportedSwitch;
import cloud.wuye.device.supply.SwitchDecision.Facts;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.WithNull;
import org.junit.jupiter.api.Test;

class SwitchDecisionTest {
    private static Facts facts(SwitchState desired, ReportedSwitch reported, SwitchTarget open, boolean waiting) {
        return new Facts(desired, reported, true, false, false, open, waiting, false);
    }

    private static SwitchDecision decide(
            SwitchState desired, ReportedSwitch reported, SwitchTarget open, boolean waiting) {
        return SwitchDecision.of(facts(desired, reported, open, waiting));
    }

    @Test
    void aDifferenceIssuesACommandAndAgreementNone() {
        assertEquals(
                SwitchTarget.OFF,
                decide(SwitchState.OFF, ReportedSwitch.ON, null, false).issue());
        assertEquals(
                SwitchTarget.OFF, decide(SwitchState.OFF, null, null, false).issue());
        assertEquals(
                SwitchTarget.ON,
                decide(SwitchState.ON, ReportedSwitch.OFF, null, false).issue());
        assertNull(decide(SwitchState.ON, ReportedSwitch.ON, null, false).issue());
        assertNull(decide(SwitchState.OFF, ReportedSwitch.OFF, null, false).issue());
    }

    @Test
    void aStaleWaitingCommandGivesWay() {
        SwitchDecision forcedOffAndReleasedWhileOffline =
                decide(SwitchState.ON, ReportedSwitch.ON, SwitchTarget.OFF, true);
        assertTrue(forcedOffAndReleasedWhileOffline.supersede());
        assertNull(forcedOffAndReleasedWhileOffline.issue());

        SwitchDecision turnedRound = decide(SwitchState.ON, ReportedSwitch.OFF, SwitchTarget.OFF, true);
        assertTrue(turnedRound.supersede());
        assertEquals(SwitchTarget.ON, turnedRound.issue());
    }

    @Test
    void oneInFlightIsWaitedFor() {
        SwitchDecision decision = decide(SwitchState.OFF, ReportedSwitch.ON, SwitchTarget.ON, false);
        assertFalse(decision.supersede());
        assertNull(decision.issue());
    }

    @Test
    void aMeterThatOpenedByItselfMayOnlyBeClosedByHandAndIsToldSoOnce() {
        Facts tripped = new Facts(SwitchState.ON, ReportedSwitch.OFF, false, false, false, null, false, false);
        assertEquals(SwitchTarget.PERMIT, SwitchDecision.of(tripped).issue());
        Facts told = new Facts(SwitchState.ON, ReportedSwitch.OFF, false, true, false, null, false, false);
        assertNull(SwitchDecision.of(told).issue());
        Facts valve = new Facts(SwitchState.ON, ReportedSwitch.OFF, false, false, true, null, false, false);
        assertNull(SwitchDecision.of(valve).issue());
    }

    @Test
    void afterAFailureItWaits() {
        Facts quiet = new Facts(SwitchState.OFF, ReportedSwitch.ON, true, false, false, null, false, true);
        assertNull(SwitchDecision.of(quiet).issue());
    }

    @Property
    void neverPowerAgainstAHoldAndNeverTwoCommands(
            @ForAll SwitchState desired,
            @ForAll @WithNull ReportedSwitch reported,
            @ForAll boolean cut,
            @ForAll boolean permitted,
            @ForAll boolean valve,
            @ForAll @WithNull SwitchTarget open,
            @ForAll boolean waiting,
            @ForAll boolean quiet) {
        SwitchDecision decision =
                SwitchDecision.of(new Facts(desired, reported, cut, permitted, valve, open, waiting, quiet));
        if (decision.issue() != null) {
            assertTrue(desired == SwitchState.ON || decision.issue() == SwitchTarget.OFF, "no power against a hold");
            assertTrue(open == null || decision.supersede(), "the lane must be free");
            assertFalse(valve && decision.issue() == SwitchTarget.PERMIT);
        }
        if (decision.supersede()) {
            assertTrue(open != null && waiting && open != decision.issue(), "only a stale waiting one gives way");
        }
        if (desired == SwitchState.OFF && reported == ReportedSwitch.ON && !quiet && (open == null || waiting)) {
            boolean onItsWay = decision.issue() == SwitchTarget.OFF || open == SwitchTarget.OFF;
            assertTrue(onItsWay, "a device that must be off is told so");
        }
    }
}
