/**
 * Benchmarks: programs, not tests. Each measures the service among real servers in turns with its references and prints what
 * it saw; docs/benchmarks.md says how to start them and what they showed. Only figures of one run are to be compared.
 */
package cloud.wuye.bench;
