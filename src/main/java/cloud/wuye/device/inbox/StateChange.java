package cloud.wuye.device.inbox;

import java.time.Instant;

/**
 * What changed at a device.
 *
 * @param connectivity now
 * @param cameOnline whether it was not ONLINE before
 * @param wentOffline whether it was not OFFLINE before
 * @param reportedSwitch what its switch is said to be now, or null when it never said
 * @param switchChanged whether it said something else before
 * @param switchReportedAt when that was true, or null
 * @param stateVersion of the last reported state, or null
 * @param stateReported whether a newer reported state has come
 * @param adrift whether its clock is not to be believed, and it is time to tell it to set it
 */
public record StateChange(
        KnownDevice device,
        Connectivity connectivity,
        boolean cameOnline,
        boolean wentOffline,
        ReportedSwitch reportedSwitch,
        boolean switchChanged,
        Instant switchReportedAt,
        Long stateVersion,
        boolean stateReported,
        boolean adrift) {}
