package cloud.wuye.kit.simulator;

/** What goes wrong with real devices. The number says how often when nobody says otherwise. */
public enum Fault {
    /** Per report: the network is gone for some minutes; what was measured meanwhile comes as a late batch. */
    OUTAGE(0.005),
    /** Per report: the same message twice. */
    DUPLICATE(0.02),
    /** Per late batch (over shared connections: per 20 messages): sent in no order at all. */
    SHUFFLE(0.5),
    /** Per report: the device starts anew, with another boot. */
    RESTART(0.001),
    /** Per device: its clock is off by minutes to hours, until somebody sends it the time. */
    CLOCK(0.05),
    /** Per device: it has no clock at all and begins in 2000 at each start. */
    NOCLOCK(0.02),
    /** Per device: its register is about to be full and starts again at zero. */
    ROLLOVER(0.02),
    /** Per device: it computes in binary floats and says 12345.720000000001. */
    NOISE(0.05),
    /** Per command: answers late. */
    SLOWACK(0.1),
    /** Per command: does it and never answers. */
    NOACK(0.05),
    /** Per command: answers twice. */
    DOUBLEACK(0.1),
    /** Per valve command: the valve sticks half way. */
    STUCKVALVE(0.02);

    private final double usual;

    Fault(double usual) {
        this.usual = usual;
    }

    double usual() {
        return usual;
    }
}
