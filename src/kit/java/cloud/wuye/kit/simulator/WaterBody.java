package cloud.wuye.kit.simulator;

/** A water meter with a valve and a battery. */
final class WaterBody extends MeterBody {
    /** On its way. */
    static final String MOVING = "moving";

    /** Stuck half way. */
    static final String FAULT = "fault";

    private String halfWay;

    WaterBody(LoadCurve curve, long seed, MeterMemory memory) {
        super(curve, seed, CountingRegister.water(memory.grains()), memory);
    }

    @Override
    String switchField() {
        return "valve";
    }

    @Override
    String switchWord() {
        return halfWay == null ? wordFor(supply()) : halfWay;
    }

    /** Where its valve stands when it is neither open nor closed; null when it is one of them. */
    void stands(String where) {
        halfWay = where;
        changed();
    }

    @Override
    String wordFor(boolean on) {
        return on ? "open" : "closed";
    }

    @Override
    boolean freed() {
        boolean stuck = FAULT.equals(halfWay);
        if (stuck) {
            stands(null);
        }
        return stuck;
    }

    @Override
    void telemetry(StringBuilder json, boolean noisy) {
        json.append("\"reg\":");
        registers(json, noisy);
        json.append(",\"flow\":");
        Decimals.append(json, supply() ? curve.rateAt(at()) / 10_000.0 : 0, 3, noisy);
        json.append(",\"temp\":");
        Decimals.append(json, 14 + wander(3, 2), 1, noisy);
        json.append(",\"valve\":\"").append(switchWord()).append("\",\"battery\":\"ok\"");
    }

    @Override
    void registers(StringBuilder json, boolean noisy) {
        json.append("{\"total\":\"");
        Decimals.append(json, register.value(), noisy);
        json.append("\"}");
    }
}
