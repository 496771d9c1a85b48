package io.ccrelay.semantic;

/**
 * An upper bound on the share of wrong answers among semantic hits, valid at every moment at once.
 *
 * <p>Labels come one by one, and somebody looks after each of them: a bound for a fixed number of
 * labels would be broken by looking often enough. The one used here is Ville's inequality for the
 * mixture of all shares with equal weight (Robbins 1970): with {@code n} labels, {@code k} of them
 * wrong, the bound is the larger root {@code p} of {@code B(1+k, 1+n-k) / (p^k (1-p)^(n-k)) =
 * 1/alpha}. It holds if labels are an honest sample of hits, independent, and the share does not
 * change. Pure.
 */
public final class WrongHitBound {

  private WrongHitBound() {}

  /**
   * The bound.
   *
   * @param labels hits that were compared with a true answer
   * @param wrong those among them that were wrong
   * @param alpha the chance, from 0 to 1, that the bound is ever below the true share
   * @return from 0 to 1; 1 when nothing is known
   */
  public static double upper(long labels, long wrong, double alpha) {
    if (wrong < 0 || wrong > labels || alpha <= 0 || alpha >= 1) {
      throw new IllegalArgumentException(
          "labels %d, wrong %d, alpha %s".formatted(labels, wrong, alpha));
    }
    if (labels == wrong) {
      return 1;
    }
    double low = (double) wrong / labels;
    double high = 1;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (evidence(labels, wrong, middle) < -Math.log(alpha)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Logarithm of how much better the mixture explains the labels than the share {@code p}. */
  private static double evidence(long labels, long wrong, double p) {
    long right = labels - wrong;
    double likelihood = right * Math.log1p(-p) + (wrong == 0 ? 0 : wrong * Math.log(p));
    return logBeta(wrong, right) - likelihood;
  }

  /** Logarithm of B(1+k, 1+m), which is 1 / ((k+m+1) choose(k+m, k)). */
  private static double logBeta(long k, long m) {
    long few = Math.min(k, m);
    double choose = 0;
    for (long i = 1; i <= few; i++) {
      choose += Math.log((double) (k + m - few + i) / i);
    }
    return -Math.log(k + m + 1.0) - choose;
  }
}
