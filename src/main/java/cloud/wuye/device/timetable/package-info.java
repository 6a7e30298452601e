/**
 * What happens to devices by the clock: timed power (a timetable opens and releases SCHEDULE holds) and
 * reading schedules. {@code docs/explanation/commands.md} tells the rules of clock changes and missed times.
 *
 * <p>{@link cloud.wuye.device.timetable.Timetable} is the pure clockwork; the due instant of each schedule stands in
 * its row, and a ticker takes what is due a thousand at a time.
 *
 * <p>Neighbours allowed: {@code platform}, {@code schedule}, {@code tenant}, {@code space}, {@code holiday}, {@code device}, {@code
 * device.command}, {@code device.supply}.
 */
package cloud.wuye.device.timetable;
