package cloud.wuye.device.contract;

/** Where a device's time comes from. */
public enum ClockSource {
    /** From the network. */
    NTP,
    /** From a battery-backed clock of its own. */
    RTC,
    /** It has no clock; its times mean nothing. */
    NONE;

    static ClockSource of(String word) {
        return switch (word) {
            case "ntp" -> NTP;
            case "rtc" -> RTC;
            default -> NONE;
        };
    }
}
