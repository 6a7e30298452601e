package cloud.wuye.device.timetable;

import cloud.wuye.device.command.DevicesAtHand;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/** What a person wrote about a timetable of either purpose, checked. */
record TimetableForm(
        String purpose,
        String name,
        List<ScheduledTime> times,
        List<UUID> devices,
        List<UUID> spaces,
        String zone,
        UUID calendarId,
        Misfire misfire) {
    private static final int MOST_TARGETS = 1_000;

    TimetableForm {
        int targets = devices.size() + spaces.size();
        if (targets == 0 || targets > MOST_TARGETS) {
            throw new Problem(
                    ProblemCode.VALIDATION,
                    "deviceIds",
                    Detail.of("须为 1 至 {0} 个设备和空间", "must be 1 to {0} devices and spaces", MOST_TARGETS));
        }
        ScheduledTime.check(times);
    }

    static TimetableForm of(PowerScheduleInput input) {
        return new TimetableForm(
                RunPowerSchedules.PURPOSE,
                input.name().trim(),
                input.times().stream().map(SwitchTimeInput::scheduled).toList(),
                ids(input.deviceIds(), "deviceIds"),
                ids(input.spaceIds(), "spaceIds"),
                input.zone(),
                input.calendarId(),
                input.misfire() == null ? Misfire.RUN_LATEST : input.misfire());
    }

    static TimetableForm of(ReadingScheduleInput input) {
        return new TimetableForm(
                RunReadingSchedules.PURPOSE,
                input.name().trim(),
                input.times().stream().map(ReadingTimeInput::scheduled).toList(),
                ids(input.deviceIds(), "deviceIds"),
                ids(input.spaceIds(), "spaceIds"),
                input.zone(),
                input.calendarId(),
                Misfire.SKIP);
    }

    private static List<UUID> ids(List<String> written, String field) {
        return written == null
                ? List.of()
                : written.stream()
                        .map(id -> DevicesAtHand.parse(id, field))
                        .distinct()
                        .toList();
    }

    /** The zone that was written, or this one. */
    ZoneId zoneOr(ZoneId companys) {
        try {
            return zone == null ? companys : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new Problem(ProblemCode.VALIDATION, "zone", zone);
        }
    }
}
