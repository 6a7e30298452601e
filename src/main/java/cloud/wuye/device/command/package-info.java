/**
 * Orders to devices: one row per order, its states, its deadlines, its way out through the outbox and its answers.
 * {@code docs/explanation/commands.md} tells the states, the invariants, and what a second replica, a restart half-way
 * and a repeated message do.
 *
 * <p>A feature that wants something of a device declares a {@link cloud.wuye.device.command.CommandOp}, hands a {@link
 * cloud.wuye.device.command.Order} to {@link cloud.wuye.device.command.SendCommands} in its own transaction, and may
 * add an {@link cloud.wuye.device.command.OutcomeJudge}.
 *
 * <p>Neighbours allowed: {@code platform}, {@code schedule}, {@code tenant}, {@code device}, {@code device.contract},
 * {@code device.inbox}.
 */
package cloud.wuye.device.command;
