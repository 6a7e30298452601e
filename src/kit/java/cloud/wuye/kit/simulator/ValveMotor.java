package cloud.wuye.kit.simulator;

/** What turns a water meter's valve: it takes a moment, and now and then it sticks half way. */
final class ValveMotor {
    private final SimulatedMeter meter;
    private final WaterBody body;

    ValveMotor(SimulatedMeter meter, WaterBody body) {
        this.meter = meter;
        this.body = body;
    }

    /** Begins to turn; the command is answered when that has ended. */
    void turn(boolean open, String command) {
        body.stands(WaterBody.MOVING);
        meter.sayState();
        boolean sticks = meter.unlucky(Fault.STUCKVALVE);
        Ticks.after(meter.travel(), () -> end(open, command, sticks));
    }

    private void end(boolean open, String command, boolean sticks) {
        synchronized (meter) {
            body.stands(sticks ? WaterBody.FAULT : null);
            if (sticks) {
                meter.sayState();
                meter.finish(command, Outcome.failed("VALVE_FAULT", "the valve is stuck half way"));
            } else {
                meter.switchSupply(open, "command", command);
                meter.sayState();
                meter.finish(command, Outcome.done("{\"valve\":\"" + body.switchWord() + "\"}"));
            }
        }
    }
}
