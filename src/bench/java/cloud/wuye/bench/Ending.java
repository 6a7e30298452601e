package cloud.wuye.bench;

/** The end of a benchmark's process, whatever threads its servers have left behind. */
final class Ending {
    private Ending() {}

    interface Work {
        /** The exit status. */
        int run() throws Exception;
    }

    static void after(Work work) {
        int status = 1;
        try {
            status = work.run();
        } catch (Exception e) {
            e.printStackTrace();
        }
        System.exit(status);
    }
}
