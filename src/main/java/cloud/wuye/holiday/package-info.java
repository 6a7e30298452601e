/**
 * Holiday calendars: days that are not what their weekday says, a company's own. Timed power and time-of-use prices mean
 * them; each feature that does takes part in their changes as a {@link cloud.wuye.holiday.CalendarUser}, in the same
 * transaction.
 *
 * <p>May use: platform, schedule, tenant, identity, space.
 */
package cloud.wuye.holiday;
