package cloud.wuye.device.metering.cutoff;

import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * When supply may be cut for arrears.
 *
 * @param id null for {@link #USUAL}
 * @param usual whether it holds for accounts that name none
 * @param quiet local times of day in which nobody is cut off
 * @param calendarId whose holidays count; null: those of all the company's calendars
 * @param freshHours how old the last reading may be
 * @param mostPerHour how many accounts of a building are cut off within an hour
 * @param autoReconnect whether supply comes back by itself when it is paid
 */
record CutOffPolicy(
        UUID id,
        String name,
        boolean usual,
        List<QuietTimes.Hours> quiet,
        boolean spareWeekends,
        boolean spareHolidays,
        UUID calendarId,
        int freshHours,
        int mostPerHour,
        boolean autoReconnect,
        int version) {
    private static final int EVENING = 18 * 60;
    private static final int MORNING = 8 * 60;

    /** What holds where a company has not decided otherwise: nobody sits in the dark at night or on a holiday. */
    static final CutOffPolicy USUAL = new CutOffPolicy(
            null, "", true, List.of(new QuietTimes.Hours(EVENING, MORNING)), true, true, null, 24, 20, true, 0);

    static CutOffPolicy of(Row row) {
        Integer[] from = row.getArrayOfIntegers("quiet_from");
        Integer[] to = row.getArrayOfIntegers("quiet_to");
        List<QuietTimes.Hours> quiet = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            quiet.add(new QuietTimes.Hours(from[i], to[i]));
        }
        return new CutOffPolicy(
                row.getUUID("id"),
                row.getString("name"),
                row.getBoolean("usual"),
                List.copyOf(quiet),
                row.getBoolean("spare_weekends"),
                row.getBoolean("spare_holidays"),
                row.getUUID("calendar_id"),
                row.getInteger("fresh_hours"),
                row.getInteger("most_per_hour"),
                row.getBoolean("auto_reconnect"),
                row.getInteger("version"));
    }
}
