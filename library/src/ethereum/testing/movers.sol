// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

// Contracts for tests that move value by calls.

interface Token {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
    function balanceOf(address who) external view returns (uint256);
}

interface Wrapper is Token {
    function deposit() external payable;
    function withdraw(uint256 wad) external;
}

// Ether against one token, constant product, three thousandths for the pool. Like Uniswap's first version.
contract EtherPool {
    Token public immutable token;

    constructor(Token token_) payable {
        token = token_;
    }

    receive() external payable {}

    function buyTokens() external payable returns (uint256 bought) {
        uint256 etherBefore = address(this).balance - msg.value;
        bought = out(msg.value, etherBefore, token.balanceOf(address(this)));
        token.transfer(msg.sender, bought);
    }

    function sellTokens(uint256 sold) external returns (uint256 paid) {
        paid = out(sold, token.balanceOf(address(this)), address(this).balance);
        token.transferFrom(msg.sender, address(this), sold);
        (bool sent, ) = msg.sender.call{value: paid}("");
        require(sent);
    }

    // Takes what is needed for an exact amount of tokens and gives the rest back.
    function buyExactly(uint256 wanted) external payable {
        uint256 etherBefore = address(this).balance - msg.value;
        uint256 tokens = token.balanceOf(address(this));
        uint256 cost = (etherBefore * wanted * 1000) / ((tokens - wanted) * 997) + 1;
        token.transfer(msg.sender, wanted);
        (bool sent, ) = msg.sender.call{value: msg.value - cost}("");
        require(sent);
    }

    function out(uint256 given, uint256 reserveIn, uint256 reserveOut) private pure returns (uint256) {
        uint256 counted = given * 997;
        return (counted * reserveOut) / (reserveIn * 1000 + counted);
    }
}

// Two tokens, constant product. Like Uniswap's second version without a router.
contract TokenPool {
    Token public immutable a;
    Token public immutable b;

    constructor(Token a_, Token b_) {
        a = a_;
        b = b_;
    }

    function swap(bool aForB, uint256 given, address to) public returns (uint256 got) {
        (Token from, Token into) = aForB ? (a, b) : (b, a);
        uint256 counted = given * 997;
        uint256 reserve = from.balanceOf(address(this));
        got = (counted * into.balanceOf(address(this))) / (reserve * 1000 + counted);
        from.transferFrom(msg.sender, address(this), given);
        into.transfer(to, got);
    }
}

// Wraps ether and swaps it for a token, all for its caller.
contract Router {
    function swapEther(Wrapper weth, TokenPool pool) external payable {
        weth.deposit{value: msg.value}();
        WrapperApproval(address(weth)).approve(address(pool), msg.value);
        pool.swap(true, msg.value, msg.sender);
    }
}

interface WrapperApproval {
    function approve(address spender, uint256 value) external returns (bool);
}

contract Forwarder {
    receive() external payable {}

    // Splits what it gets over the receivers, by calls.
    function forward(address payable[] calldata receivers) external payable {
        uint256 share = msg.value / receivers.length;
        for (uint256 j = 0; j < receivers.length; j++) {
            (bool sent, ) = receivers[j].call{value: share}("");
            require(sent);
        }
    }

    // Sends through a chain of calls to itself before it pays.
    function forwardDeep(address payable receiver, uint256 depth) external payable {
        if (depth == 0) {
            (bool sent, ) = receiver.call{value: msg.value}("");
            require(sent);
        } else {
            this.forwardDeep{value: msg.value}(receiver, depth - 1);
        }
    }

    // Makes a contract with value in it.
    function make() external payable returns (address) {
        return address(new Box{value: msg.value}());
    }

    function byDelegate(address code, address payable receiver) external payable {
        (bool done, ) = code.delegatecall(abi.encodeWithSignature("pay(address)", receiver));
        require(done);
    }
}

contract Box {
    constructor() payable {}

    // Run by delegatecall in another contract's name.
    function pay(address payable receiver) external payable {
        (bool sent, ) = receiver.call{value: msg.value}("");
        require(sent);
    }
}

contract Reverter {
    receive() external payable {}

    // Pays one and fails at the other, of which it takes no notice: only the first is paid.
    function payAndFail(address payable paid, address payable notPaid) external payable {
        (bool sent, ) = paid.call{value: msg.value / 2}("");
        require(sent);
        try this.payThenRevert{value: msg.value / 4}(notPaid) {} catch {}
    }

    function payThenRevert(address payable receiver) external payable {
        (bool sent, ) = receiver.call{value: msg.value}("");
        require(sent);
        revert("on purpose");
    }
}

contract SelfDestructor {
    constructor() payable {}

    receive() external payable {}

    function destroy(address payable heir) external {
        selfdestruct(heir);
    }
}

// Makes a contract and has it destroy itself at once, in its own favour if asked to, and pays it once more afterwards.
contract ShortLives {
    function live(address payable heir, bool forItself, bool payAfter) external payable {
        SelfDestructor made = new SelfDestructor{value: msg.value / 2}();
        made.destroy(forItself ? payable(address(made)) : heir);
        if (payAfter) {
            (bool sent, ) = address(made).call{value: msg.value / 4}("");
            require(sent);
        }
    }
}
