/**
 * Quartz as a ticker, and the log of what the tickers did. Knows no feature: a feature's {@code *Job} has a {@code
 * @Scheduled} method of three lines that hands a use case to {@link cloud.wuye.schedule.JobRuns}, or
 * is a {@link cloud.wuye.schedule.SharedJob} when it has no hurry.
 *
 * <p>There are fewer than twenty triggers in all. What is due stands in a column of the feature's own table and is
 * taken with {@code FOR UPDATE SKIP LOCKED}, so that a second replica, a missed tick or a restart half-way costs time
 * and nothing else.
 *
 * <p>Neighbours allowed: {@code platform}.
 */
package cloud.wuye.schedule;
