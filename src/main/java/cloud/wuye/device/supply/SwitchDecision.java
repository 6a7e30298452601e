package cloud.wuye.device.supply;

import cloud.wuye.device.inbox.ReportedSwitch;

/**
 * What to do about one device's switch; the reconciler's whole judgement, without its database.
 *
 * @param supersede whether the waiting command must give way
 * @param issue what to ask the device for, or null
 */
record SwitchDecision(boolean supersede, SwitchTarget issue) {
    private static final SwitchDecision NOTHING = new SwitchDecision(false, null);

    /**
     * What is known of a device.
     *
     * @param desired what the holds ask for
     * @param reported what the device said last, or null
     * @param cut whether we may have cut it
     * @param permitted whether it was already permitted to be closed by hand
     * @param valve whether its switch is a valve
     * @param open what its open switching command asks for, or null if there is none
     * @param waiting whether that command is still in the queue
     * @param quiet whether it was tried a moment ago in vain
     */
    record Facts(
            SwitchState desired,
            ReportedSwitch reported,
            boolean cut,
            boolean permitted,
            boolean valve,
            SwitchTarget open,
            boolean waiting,
            boolean quiet) {}

    static SwitchDecision of(Facts facts) {
        SwitchTarget wanted = wanted(facts);
        if (facts.open() == null) {
            return wanted == null || facts.quiet() ? NOTHING : new SwitchDecision(false, wanted);
        }
        if (!facts.waiting() || facts.open() == wanted) {
            // One in flight is waited for: what it does is known only when it is settled.
            return NOTHING;
        }
        return new SwitchDecision(true, wanted);
    }

    private static SwitchTarget wanted(Facts facts) {
        ReportedSwitch reported = facts.reported();
        if (reported == ReportedSwitch.MOVING || reported == ReportedSwitch.FAULT) {
            return null;
        }
        if (facts.desired() == SwitchState.OFF) {
            return reported == ReportedSwitch.OFF ? null : SwitchTarget.OFF;
        }
        if (reported == ReportedSwitch.ON) {
            return null;
        }
        if (facts.cut()) {
            return SwitchTarget.ON;
        }
        // It opened by itself: perhaps for a good reason that only a look at the site shows.
        boolean permit = reported == ReportedSwitch.OFF && !facts.valve() && !facts.permitted();
        return permit ? SwitchTarget.PERMIT : null;
    }
}
