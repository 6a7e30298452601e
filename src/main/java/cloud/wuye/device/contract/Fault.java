package cloud.wuye.device.contract;

/** Where and how a JSON value breaks its schema. The path is put together on the way out, so good messages pay nothing. */
final class Fault {
    private final String problem;
    private String path = "";

    Fault(String problem) {
        this.problem = problem;
    }

    Fault under(String step) {
        path = "/" + step + path;
        return this;
    }

    @Override
    public String toString() {
        return (path.isEmpty() ? "/" : path) + ": " + problem;
    }
}
