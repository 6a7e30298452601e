package cloud.wuye.device.supply;

import cloud.wuye.device.contract.DeviceClass;

/** What a switching command asks for. */
enum SwitchTarget {
    ON("closed", "open"),
    OFF("open", "closed"),
    /** May be closed by hand at the meter; a valve knows no such thing. */
    PERMIT("permit", null);

    private final String relay;
    private final String valve;

    SwitchTarget(String relay, String valve) {
        this.relay = relay;
        this.valve = valve;
    }

    /** The contract's word: an open relay is off, an open valve is on. */
    String word(DeviceClass deviceClass) {
        return deviceClass == DeviceClass.WMETER ? valve : relay;
    }

    static SwitchTarget of(String op, String word) {
        for (SwitchTarget each : values()) {
            if (word.equals(op.equals(SwitchOps.VALVE.name()) ? each.valve : each.relay)) {
                return each;
            }
        }
        throw new IllegalArgumentException(op + " " + word);
    }
}
