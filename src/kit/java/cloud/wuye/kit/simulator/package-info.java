/**
 * The device simulator: meters that connect to a real broker with their own logins and speak the device contract, with
 * the faults that real ones have. A program ({@link cloud.wuye.kit.simulator.Simulator}) and a library for tests.
 */
package cloud.wuye.kit.simulator;
