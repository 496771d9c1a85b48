package io.ccrelay.cache.cluster;

/** Whether enough members are there. Safe for use from any thread. */
interface Standing {

  /** Any number will do. */
  Standing ALWAYS =
      new Standing() {
        @Override
        public boolean reads() {
          return true;
        }

        @Override
        public boolean writes() {
          return true;
        }
      };

  /** Members in this node's view suffice. */
  boolean reads();

  /** The same for writes. */
  boolean writes();
}
